using Tame.Generator.Model;

namespace Tame.Generator.Lowering;

/// <summary>
/// A body in two parts. The entry runs the first on the stack, and a call that ends there uses no closure. At a departure the call moves into one, and the
/// resuming method contains only what can be reached from there.
/// </summary>
internal sealed class TwoParts
{
    private TwoParts(Departures departures, Mentions entry, Mentions closure, IReadOnlyList<Local> locals)
    {
        Departures = departures;
        InEntry = [.. entry.All];
        InClosure = [.. closure.All];
        Crossings = [.. Enumerable.Range(0, departures.Count).Select(departure => (IReadOnlyList<int>)[.. entry.Before(departure).Intersect(closure.Behind(departure))
            .Where(local => locals[local].Kind is LocalKind.Plain or LocalKind.InPlace).OrderBy(local => local)])];
        Transient = [.. Crossings.SelectMany(crossing => crossing).Distinct().OrderBy(local => local)];
        States = new int[departures.Count];
    }

    public Departures Departures { get; }

    /// <summary>The locals that the entry refers to.</summary>
    public IReadOnlyList<int> InEntry { get; }

    /// <summary>The locals that the resuming method refers to.</summary>
    public HashSet<int> InClosure { get; }

    /// <summary>For each departure, the locals that no wait keeps and that the call needs when it continues: the closure holds them only temporarily.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Crossings { get; }

    /// <summary>The locals of all <see cref="Crossings"/>.</summary>
    public IReadOnlyList<int> Transient { get; }

    /// <summary>For each departure, the state in which the closure begins. It is known after the second part has been lowered.</summary>
    public int[] States { get; }

    /// <summary>Null if nothing is gained, or if the first part cannot be in the entry.</summary>
    public static TwoParts? Of(TamedMethod method)
    {
        if (method.Body is not { } body || !CanBeginInEntry(method)) return null;
        var departures = new Departures(body);
        if (departures.IndexOf(body) >= 0) return null;
        var parts = new TwoParts(departures, Mentions.OfEntry(body, departures), Mentions.OfClosure(body, departures), method.Locals);
        return parts.Transient.Any(local => method.Locals[local] is { Kind: LocalKind.InPlace } or { IsOnStack: true }) ? null : parts;
    }

    /// <summary>
    /// False for a body with features that the entry cannot provide: variables of lambdas, results at its end, other names, attributes of the body. A call that
    /// begins later calls the entry by its name, so the method cannot be virtual.
    /// </summary>
    private static bool CanBeginInEntry(TamedMethod method) =>
        method is { IsVirtual: false, Scopes.Count: 0, Functions.Count: 0, Examples.Count: 0, IsUnsafe: false, ResumeAttributes.Count: 0, MemberAttributes.Count: 0 }
        && !method.Locals.Any(local => local.IsReassigned || local.Kind is LocalKind.OutParameter or LocalKind.Captured)
        && method.Parameters.Count <= method.Locals.Count
        && !method.Parameters.Where((parameter, i) => parameter.IsOut || parameter.Name != method.Locals[i].Name).Any();
}

using Tame.Generator.Model;

namespace Tame.Generator.Lowering;

/// <summary>
/// The calls among the tamed methods of a project, and which of these may be on the stack any number of times. All other code is one further node.
/// docs/decisions/0042 says what it may call, and why each endless chain of calls passes a checkpoint.
/// </summary>
internal sealed class CallGraph
{
    private readonly Dictionary<string, TamedCalls> _methods = [];
    private readonly Dictionary<string, int> _components = [];
    private readonly HashSet<string> _entered;
    private readonly HashSet<string> _leaving;

    public CallGraph(IEnumerable<TamedCalls> methods, IEnumerable<MentionedNames> files)
    {
        foreach (var method in methods) _methods[method.Key] = method;
        var mentioned = Mentioned(_methods.Values, files);
        _entered = [.. _methods.Values.Where(method => method.IsOpen || mentioned.Contains(method.Name)).Select(method => method.Key)];
        _leaving = Leaving();
        foreach (var (key, component) in Components.Of(_methods.Keys, key => InGraph(_methods[key]))) _components[key] = component;
    }

    /// <summary>Whether calls of the method may nest without end: it is on a cycle of tamed calls, or code that it calls may call it.</summary>
    public bool MayNest(string key) => _methods.ContainsKey(key) && (IsOnCycle(key) || (_entered.Contains(key) && _leaving.Contains(key)));

    /// <summary>The methods that may nest, in order.</summary>
    public IEnumerable<string> Nesting => _methods.Keys.Where(MayNest).OrderBy(key => key, StringComparer.Ordinal);

    public IEnumerable<TamedCalls> Methods => _methods.Values;

    /// <summary>The shortest cycle through a method that may nest, from it back to it. A null name represents unanalyzed code.</summary>
    public IReadOnlyList<string?> CycleOf(string key)
    {
        if (IsOnCycle(key))
        {
            var back = PathTo(key, at => _methods[at].Callees.Contains(key));
            return [.. back.Select(at => (string?)_methods[at].DisplayName), _methods[key].DisplayName];
        }

        var away = PathTo(key, LeavesItself);
        return [.. away.Select(at => (string?)_methods[at].DisplayName), null, _methods[key].DisplayName];
    }

    private bool IsOnCycle(string key) => _methods[key].Callees.Any(callee => _components.TryGetValue(callee, out var component) && component == _components[key]);

    private bool LeavesItself(string key) => _methods[key].Leaves || _methods[key].Callees.Any(callee => !_methods.ContainsKey(callee));

    private IEnumerable<string> InGraph(TamedCalls method) => method.Callees.Where(_methods.ContainsKey);

    /// <summary>The methods whose bodies can reach unanalyzed code.</summary>
    private HashSet<string> Leaving()
    {
        var callers = _methods.Values.SelectMany(method => InGraph(method).Select(callee => (callee, method.Key))).ToLookup(pair => pair.callee, pair => pair.Key);
        var leaving = new HashSet<string>(_methods.Keys.Where(LeavesItself));
        var left = new Queue<string>(leaving);
        while (left.Count > 0)
        {
            foreach (var caller in callers[left.Dequeue()].Where(leaving.Add)) left.Enqueue(caller);
        }

        return leaving;
    }

    /// <summary>A shortest path from a method to one that meets a condition.</summary>
    private List<string> PathTo(string start, Func<string, bool> isEnd)
    {
        var before = new Dictionary<string, string?> { [start] = null };
        var left = new Queue<string>([start]);
        while (left.Count > 0)
        {
            var at = left.Dequeue();
            if (isEnd(at)) return PathFrom(at, before);
            foreach (var next in InGraph(_methods[at]).Where(next => !before.ContainsKey(next)))
            {
                before[next] = at;
                left.Enqueue(next);
            }
        }

        return [start];
    }

    private static List<string> PathFrom(string end, Dictionary<string, string?> before)
    {
        var path = new List<string>();
        for (string? at = end; at is not null; at = before[at]) path.Insert(0, at);
        return path;
    }

    /// <summary>
    /// The names that unanalyzed code mentions. A method that may be a body counts as unanalyzed code if it or one of its overloads is not one.
    /// </summary>
    private static HashSet<string> Mentioned(ICollection<TamedCalls> methods, IEnumerable<MentionedNames> files)
    {
        var bodies = methods.GroupBy(method => method.Body).ToDictionary(group => group.Key, group => group.Count());
        var names = new HashSet<string>(methods.SelectMany(method => method.Mentioned));
        var all = files.ToList();
        foreach (var file in all) names.UnionWith(file.Elsewhere);
        foreach (var group in all.SelectMany(file => file.Bodies).GroupBy(body => body.Body))
        {
            if (!bodies.TryGetValue(group.Key, out var count) || count < group.Count()) names.UnionWith(group.SelectMany(body => body.Names));
        }

        return names;
    }
}

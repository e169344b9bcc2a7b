namespace Tame.Generator.Tests.Architecture;

/// <summary>The plan of the generator's house: which room may look into which, and where Roslyn may come in.</summary>
internal static class House
{
    private const string Root = "Tame.Generator";
    private const string Roslyn = "Microsoft.CodeAnalysis";

    private static readonly Dictionary<string, string[]> s_arrows = new()
    {
        ["Model"] = [],
        ["Flow"] = [],
        ["Binding"] = ["Flow", "Model"],
        ["Lowering"] = ["Model"],
        ["Emission"] = ["Lowering", "Model"],
    };

    private static readonly string[] s_roomsWithRoslyn = ["Binding", "Flow"];

    /// <summary>What each forbidden reference is, in the order of the references.</summary>
    public static IReadOnlyList<string> Violations(IEnumerable<TypeReference> references) =>
        [.. from reference in references let wrong = Wrong(reference) where wrong is not null select $"{reference}: {wrong}"];

    /// <summary>The lines of a room's source that name Roslyn where it has no business: constants leave no trace in the assembly.</summary>
    public static IReadOnlyList<string> RoslynMentions(string path, string text)
    {
        var room = path.Split('/') is ["src", Root, var folder, _, ..] ? folder : "";
        if (room.Length == 0 || s_roomsWithRoslyn.Contains(room)) return [];
        return [.. text.Split('\n').Where(line => line.Contains(Roslyn) && !line.TrimStart().StartsWith("//", StringComparison.Ordinal)).Select(line => $"{path}: {line.Trim()}")];
    }

    private static string? Wrong(TypeReference reference)
    {
        // The root wires the rooms and reports what they find: it may see everything. Types outside the house are the compiler's or a polyfill.
        if (Room(reference.From) is not { Length: > 0 } from) return null;
        if (!s_arrows.TryGetValue(from, out var allowed)) return $"no such room: {from}";
        if (IsIn(reference.To.Namespace, Roslyn)) return s_roomsWithRoslyn.Contains(from) ? null : $"no Roslyn type in {from}";
        if (Room(reference.To) is not { } to || to == from || allowed.Contains(to)) return null;
        // A table of constants, which Binding's findings point into.
        if (reference.To.FullName == Root + ".Rules" && s_roomsWithRoslyn.Contains(from)) return null;
        return $"{from} may not see {(to.Length == 0 ? "the root" : to)}";
    }

    /// <summary>The room of a type: the first name after the root, empty for the root itself, null outside the house.</summary>
    private static string? Room(Type type) =>
        !IsIn(type.Namespace, Root) ? null : type.Namespace == Root ? "" : type.Namespace![(Root.Length + 1)..].Split('.')[0];

    private static bool IsIn(string? name, string parent) => name == parent || (name is not null && name.StartsWith(parent + ".", StringComparison.Ordinal));
}

namespace Tame.Generator.Tests.Architecture;

/// <summary>Which folder of the generator may use which, and which folders may use Roslyn.</summary>
internal static class GeneratorLayout
{
    private const string Root = "Tame.Generator";
    private const string Roslyn = "Microsoft.CodeAnalysis";

    /// <summary>The folders that each folder may use besides itself. The root uses all.</summary>
    private static readonly Dictionary<string, string[]> s_arrows = new()
    {
        ["Model"] = [],
        ["Flow"] = [],
        ["Binding.Text"] = ["Model"],
        ["Binding.Pair"] = ["Binding.Text", "Model"],
        ["Binding.Facts"] = ["Binding.Pair", "Binding.Text", "Flow", "Model"],
        ["Binding.Rewrite"] = ["Binding.Facts", "Binding.Pair", "Binding.Text", "Flow", "Model"],
        ["Binding.Spine"] = ["Binding.Rewrite", "Binding.Facts", "Binding.Text", "Flow", "Model"],
        ["Binding"] = ["Binding.Spine", "Binding.Rewrite", "Binding.Facts", "Binding.Pair", "Binding.Text", "Flow", "Model"],
        ["Binding.Reuse"] = ["Binding", "Binding.Pair", "Model"],
        ["Lowering"] = ["Model"],
        ["Emission"] = ["Lowering", "Model"],
        ["Analysis.Paths"] = ["Flow"],
        ["Analysis"] = ["Analysis.Paths", "Binding", "Binding.Reuse", "Binding.Rewrite", "Binding.Facts", "Binding.Pair", "Binding.Text", "Flow", "Lowering", "Model"],
    };

    private static readonly string[] s_foldersWithRoslyn = ["Binding", "Flow", "Analysis"];

    /// <summary>A description of each forbidden reference, in the order of the references.</summary>
    public static IReadOnlyList<string> Violations(IEnumerable<TypeReference> references) =>
        [.. from reference in references let wrong = Wrong(reference) where wrong is not null select $"{reference}: {wrong}"];

    /// <summary>The lines of source that name Roslyn in a folder that may not use it. Constants leave no trace in the assembly.</summary>
    public static IReadOnlyList<string> RoslynMentions(string path, string text)
    {
        var folder = path.Split('/') is ["src", Root, var first, _, ..] ? first : "";
        if (folder.Length == 0 || UsesRoslyn(folder)) return [];
        return [.. text.Split('\n').Where(line => line.Contains(Roslyn) && !line.TrimStart().StartsWith("//", StringComparison.Ordinal)).Select(line => $"{path}: {line.Trim()}")];
    }

    private static string? Wrong(TypeReference reference)
    {
        // Types outside the root namespace are the compiler's or a polyfill.
        if (Folder(reference.From) is not { Length: > 0 } from) return null;
        if (!s_arrows.TryGetValue(from, out var allowed)) return $"no such folder: {from}";
        if (IsIn(reference.To.Namespace, Roslyn)) return UsesRoslyn(from) ? null : $"no Roslyn type in {from}";
        if (Folder(reference.To) is not { } to || to == from || allowed.Contains(to)) return null;
        // A table of descriptors that findings refer to.
        if (reference.To.FullName == Root + ".Rules" && UsesRoslyn(from)) return null;
        return $"{from} may not use {(to.Length == 0 ? "the root" : to)}";
    }

    private static bool UsesRoslyn(string folder) => s_foldersWithRoslyn.Contains(folder.Split('.')[0]);

    /// <summary>The folder of a type, with dots between its parts: empty for the root itself, null outside the generator.</summary>
    private static string? Folder(Type type) =>
        !IsIn(type.Namespace, Root) ? null : type.Namespace == Root ? "" : type.Namespace![(Root.Length + 1)..];

    private static bool IsIn(string? name, string parent) => name == parent || (name is not null && name.StartsWith(parent + ".", StringComparison.Ordinal));
}

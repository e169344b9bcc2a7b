using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Tame.Generator.Binding.Reuse;

/// <summary>
/// The parts of one file that can affect bodies elsewhere, and its tamed declarations and possible bodies. It is read once for each version of the file.
/// </summary>
internal sealed class TreeShape
{
    private static readonly ConditionalWeakTable<SyntaxTree, TreeShape> s_shapes = new();

    /// <summary>Equal until something in the file changes that code in another method could notice.</summary>
    public required Fingerprint Shape { get; init; }

    /// <summary>All of its text.</summary>
    public required Lazy<Fingerprint> AllText { get; init; }

    /// <summary>The candidates, by their start positions.</summary>
    public required IReadOnlyDictionary<int, Candidate> Candidates { get; init; }

    public required IReadOnlyList<MethodText> Methods { get; init; }

    public static TreeShape Of(SyntaxTree tree) => s_shapes.GetValue(tree, ShapeReader.Read);
}

/// <summary>A declaration that may be tamed: its index among those of the file, its text, and the possible names of its body.</summary>
internal sealed record Candidate(int Ordinal, Fingerprint Text, int Line, string Type, IReadOnlyList<string> Bodies)
{
    /// <summary>Whether the attribute names the body by an expression.</summary>
    public bool NeedsAllText { get; init; }
}

/// <summary>A method that may be a body: the names of its type and itself, its text, and its line.</summary>
internal sealed record MethodText(string Type, string Name, Fingerprint Text, int Line)
{
    public required SyntaxTree Tree { get; init; }

    public required int Start { get; init; }
}

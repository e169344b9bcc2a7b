using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Tame.Generator.Binding.Reuse;

/// <summary>What one file means to bodies elsewhere, and the tamed declarations and possible bodies in it; read once for each version of the file.</summary>
internal sealed class TreeShape
{
    private static readonly ConditionalWeakTable<SyntaxTree, TreeShape> s_shapes = new();

    /// <summary>Equal as long as nothing in the file has changed that code in another method could notice.</summary>
    public required Fingerprint Shape { get; init; }

    /// <summary>All of its text.</summary>
    public required Lazy<Fingerprint> AllText { get; init; }

    /// <summary>By where each begins.</summary>
    public required IReadOnlyDictionary<int, Candidate> Candidates { get; init; }

    public required IReadOnlyList<MethodText> Methods { get; init; }

    public static TreeShape Of(SyntaxTree tree) => s_shapes.GetValue(tree, ShapeReader.Read);
}

/// <summary>A declaration that may be tamed: its place among those of the file, its text, and what its body may be called.</summary>
internal sealed record Candidate(int Ordinal, Fingerprint Text, int Line, string Type, IReadOnlyList<string> Bodies)
{
    /// <summary>Whether the attribute names the body by an expression.</summary>
    public bool NeedsAllText { get; init; }
}

/// <summary>A method that may be a body: the names of its type and itself, its text, and where that is.</summary>
internal sealed record MethodText(string Type, string Name, Fingerprint Text, int Line)
{
    public required SyntaxTree Tree { get; init; }

    public required int Start { get; init; }
}

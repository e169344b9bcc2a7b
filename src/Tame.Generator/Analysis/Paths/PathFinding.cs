using Microsoft.CodeAnalysis;

namespace Tame.Generator.Analysis.Paths;

internal enum FindingKind
{
    NeverCompleted,
    CompletedTwice,
    MayBeCompletedTwice,
    GivenToNobody,
    Abandoned,
    SlotTakenTwice,
    ReadTooEarly,
}

/// <summary>A problem with an event: where it appears, or the variable that it concerns, and the name in messages.</summary>
internal sealed record PathFinding(FindingKind Kind, SyntaxNode? Place, string Name)
{
    public ISymbol? Variable { get; init; }

    /// <summary>The earlier code that causes the problem.</summary>
    public SyntaxNode? Earlier { get; init; }

    /// <summary>The wait that would solve the problem.</summary>
    public int? Wait { get; init; }

    /// <summary>The branch at which the wrong path begins. Null if every path is wrong.</summary>
    public PathBranch? Path { get; init; }

    public int Count { get; init; }

    /// <summary>True if other paths are right.</summary>
    public bool OnSomePath { get; init; }
}

/// <summary>Where a path diverges from others: at a condition that is true or false, or where an exception is caught.</summary>
internal sealed record PathBranch(SyntaxNode Condition, bool? Holds);

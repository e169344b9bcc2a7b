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

/// <summary>Something wrong with an event: where it shows, or the variable that it is about, and the name to speak of.</summary>
internal sealed record PathFinding(FindingKind Kind, SyntaxNode? Place, string Name)
{
    public ISymbol? Variable { get; init; }

    /// <summary>What came before and makes it wrong.</summary>
    public SyntaxNode? Earlier { get; init; }

    /// <summary>The wait that would make it right.</summary>
    public int? Wait { get; init; }

    /// <summary>The turn at which the wrong path begins; null where every path is wrong.</summary>
    public PathBranch? Path { get; init; }

    public int Count { get; init; }

    /// <summary>Other paths are right.</summary>
    public bool OnSomePath { get; init; }
}

/// <summary>Where a path parts from others: at a condition that is so or not, or where an exception is caught.</summary>
internal sealed record PathBranch(SyntaxNode Condition, bool? Holds);

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Tame.Generator.Flow;

/// <summary>Derives handlers from the shape of Roslyn's regions.</summary>
internal static class Regions
{
    public static bool Contains(this ControlFlowRegion region, int block) =>
        region.FirstBlockOrdinal <= block && block <= region.LastBlockOrdinal;

    /// <summary>The finally handler that guards this region, if it is a try with one.</summary>
    public static ControlFlowRegion? FinallyHandler(this ControlFlowRegion region) =>
        region is { Kind: ControlFlowRegionKind.Try, EnclosingRegion: { Kind: ControlFlowRegionKind.TryAndFinally } both }
            ? both.NestedRegions[both.NestedRegions.Length - 1]
            : null;

    /// <summary>
    /// True if the siblings after this region handle exceptions from its part <paramref name="inner"/>: from a try, and from a filter (an exception in a filter
    /// means false). An exception from a catch handler goes outward.
    /// </summary>
    public static bool IsFollowedByHandlers(this ControlFlowRegion region, ControlFlowRegion? inner) => region.Kind switch
    {
        ControlFlowRegionKind.Try => region.EnclosingRegion!.Kind == ControlFlowRegionKind.TryAndCatch,
        ControlFlowRegionKind.FilterAndHandler => inner?.Kind == ControlFlowRegionKind.Filter,
        _ => false,
    };

    public static bool CatchesAll(this ControlFlowRegion region) =>
        region.Kind == ControlFlowRegionKind.Catch
        && region.ExceptionType is null
            or { SpecialType: SpecialType.System_Object }
            or { Name: "Exception", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Tame.Generator.Flow;

/// <summary>What the shape of Roslyn's regions says about handlers.</summary>
internal static class Regions
{
    public static bool Contains(this ControlFlowRegion region, int block) =>
        region.FirstBlockOrdinal <= block && block <= region.LastBlockOrdinal;

    /// <summary>The finally handler that guards this region, where it is a try with one.</summary>
    public static ControlFlowRegion? FinallyHandler(this ControlFlowRegion region) =>
        region is { Kind: ControlFlowRegionKind.Try, EnclosingRegion: { Kind: ControlFlowRegionKind.TryAndFinally } both }
            ? both.NestedRegions[both.NestedRegions.Length - 1]
            : null;

    /// <summary>
    /// True where the siblings after this region handle what comes out of its part <paramref name="inner"/>: of a try, and of a
    /// filter (what a filter throws is a no); what a catch handler throws goes outward.
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

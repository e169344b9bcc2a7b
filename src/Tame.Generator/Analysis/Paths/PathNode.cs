using Tame.Generator.Flow;

namespace Tame.Generator.Analysis.Paths;

/// <summary>A place in the graph as it is come to with some knowledge: paths that may not go the same ways from here are kept apart.</summary>
internal sealed class PathNode(FlowNode flow, ulong known, PathState atStart)
{
    public FlowNode Flow => flow;

    public ulong Known => known;

    public PathState AtStart => atStart;

    public List<PathNode> Next { get; } = new();

    public List<PathNode> Raised { get; } = new();
}

using Tame.Generator.Flow;

namespace Tame.Generator.Analysis.Paths;

/// <summary>A node of the graph reached with some knowledge. Paths that may continue differently from here are kept apart.</summary>
internal sealed class PathNode(FlowNode flow, ulong known, PathState atStart)
{
    public FlowNode Flow => flow;

    public ulong Known => known;

    public PathState AtStart => atStart;

    public List<PathNode> Next { get; } = new();

    public List<PathNode> Raised { get; } = new();
}

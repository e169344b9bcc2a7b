namespace Tame.Dashboards.Graph;

/// <summary>Adds the stages of the process to a graph: each is a node with the length of its queue, and an edge leads to each stage that it sends to.</summary>
internal static class StageNodes
{
    public static VisibleGraph Add(VisibleGraph graph, IReadOnlyList<StageReading> stages, Numbering numbering)
    {
        if (stages.Count == 0)
            return graph;
        var known = stages.ToDictionary(stage => stage.Number);
        var edges =
            from stage in stages
            from next in stage.Next
            where known.ContainsKey(next)
            select EdgeOf(numbering, stage, known[next]);
        return graph with { Nodes = [.. graph.Nodes, .. stages.Select(stage => NodeOf(numbering, stage))], Edges = [.. graph.Edges, .. edges] };
    }

    private static VisibleNode NodeOf(Numbering numbering, StageReading stage)
    {
        int id = numbering.OfStage(stage.Number);
        return new VisibleNode(id, NodeKind.Stage, new WaitPoint(WaitPointKind.Wait, stage.Name, 0, "", 0, ""), id, stage.Length) { Stage = stage };
    }

    /// <summary>What arrives at a stage is counted there, whichever stage sent it.</summary>
    private static VisibleEdge EdgeOf(Numbering numbering, StageReading from, StageReading to)
    {
        int start = numbering.OfStage(from.Number), end = numbering.OfStage(to.Number);
        return new VisibleEdge(numbering.OfEdge(start, end, BlockingEdgeKind.Continue), start, end, BlockingEdgeKind.Continue, new Traffic(to.Accepted, to.ArrivalRate));
    }
}

namespace Tame.Stages;

/// <summary>Checks a graph.</summary>
internal static class GraphChecks
{
    public static void Check(string name, List<Stage> stages, List<StageConnection> connections, HashSet<Stage> ends)
    {
        if (stages.Count == 0)
            throw new InvalidOperationException($"The graph '{name}' has no stages. Call {nameof(StageGraph.Connect)} or {nameof(StageGraph.AddEnd)} first.");
        foreach (var stage in stages)
            CheckConsumer(name, stage, connections, ends);
        foreach (var connection in connections)
            CheckBound(name, connection);
        if (GraphOrder.FindCycle(stages, connections.Where(connection => connection.Link.MayWait)) is { } cycle)
        {
            throw new InvalidOperationException(
                $"The graph '{name}' has a cycle without a bound: {string.Join(" -> ", cycle)}. Each of its links waits while the next queue is full, so full queues may wait for each other forever. " +
                $"Make one of the links {nameof(StageLink)}.{nameof(StageLink.Tries)}, where the handler answers a refusal, or {nameof(StageLink)}.{nameof(StageLink.Bounded)}, where the program keeps the bound.");
        }
    }

    private static void CheckConsumer(string name, Stage stage, List<StageConnection> connections, HashSet<Stage> ends)
    {
        bool sends = connections.Exists(connection => connection.From == stage);
        if (!sends && !ends.Contains(stage))
        {
            throw new InvalidOperationException(
                $"The stage '{stage}' of the graph '{name}' has no consumer. Call {nameof(StageGraph.Connect)} with the stage that its handler sends to, or {nameof(StageGraph.AddEnd)} if it sends nothing.");
        }
        if (sends && ends.Contains(stage))
            throw new InvalidOperationException($"The stage '{stage}' of the graph '{name}' is an end, but sends to another stage. Call either {nameof(StageGraph.AddEnd)} or {nameof(StageGraph.Connect)} for it.");
    }

    private static void CheckBound(string name, StageConnection connection)
    {
        if (connection.Link.AtMost > connection.To.Capacity)
        {
            throw new InvalidOperationException(
                $"The link from '{connection.From}' to '{connection.To}' of the graph '{name}' is bounded by {connection.Link.AtMost} items, and '{connection.To}' has room for {connection.To.Capacity}. " +
                "Give the stage that capacity, or lower the bound.");
        }
    }
}

namespace Tame.Stages;

/// <summary>The order of the stages of a graph.</summary>
internal static class GraphOrder
{
    /// <summary>Each stage comes before the stages it sends to, except in a cycle.</summary>
    public static List<Stage> UpstreamFirst(List<Stage> stages, List<StageConnection> connections)
    {
        var order = new List<Stage>(stages.Count);
        var seen = new HashSet<Stage>();
        var targets = connections.ToLookup(connection => connection.From, connection => connection.To);
        var receiving = connections.Where(connection => connection.From != connection.To).Select(connection => connection.To).ToHashSet();
        // Backward, because the order is reversed at the end: so the stages that were added first come first where possible.
        foreach (var stage in stages.Where(stage => receiving.Contains(stage)).Reverse().Concat(stages.Where(stage => !receiving.Contains(stage)).Reverse()).Reverse())
            Visit(stage);
        order.Reverse();
        return order;

        void Visit(Stage stage)
        {
            if (!seen.Add(stage))
                return;
            foreach (var target in targets[stage].Reverse())
                Visit(target);
            order.Add(stage);
        }
    }

    /// <summary>A cycle of the connections, with the first stage again at its end; null if there is no cycle.</summary>
    public static List<Stage>? FindCycle(List<Stage> stages, IEnumerable<StageConnection> connections)
    {
        var targets = connections.ToLookup(connection => connection.From, connection => connection.To);
        var done = new HashSet<Stage>();
        var path = new List<Stage>();
        foreach (var stage in stages)
        {
            if (Visit(stage) is { } cycle)
                return cycle;
        }
        return null;

        List<Stage>? Visit(Stage stage)
        {
            int at = path.IndexOf(stage);
            if (at >= 0)
                return [.. path[at..], stage];
            if (!done.Add(stage))
                return null;
            path.Add(stage);
            foreach (var target in targets[stage])
            {
                if (Visit(target) is { } cycle)
                    return cycle;
            }
            path.RemoveAt(path.Count - 1);
            return null;
        }
    }
}

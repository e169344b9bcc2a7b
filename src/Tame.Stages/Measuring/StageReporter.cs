namespace Tame.Stages;

/// <summary>Reads the stages of the process for tools.</summary>
internal static class StageReporter
{
    public static IReadOnlyList<StageReading> Read()
    {
        var next = StageGraph.Live.SelectMany(graph => graph.Connections).ToLookup(connection => connection.From.Number, connection => connection.To.Number);
        return [.. LiveStages.All().Select(stage => Of(stage, stage.Statistics, [.. next[stage.Number].Distinct()]))];
    }

    private static StageReading Of(Stage stage, StageStatistics now, int[] next) => new(stage.Number, stage.Name, stage.Capacity, next)
    {
        Length = now.Length,
        Accepted = now.Accepted,
        ArrivalRate = now.ArrivalRate,
        Figures =
        [
            ("items in the queue", (double)now.Length),
            ("items that it holds at most", (double)now.Capacity),
            ("offers that wait", (double)now.Waiting),
            ("calls that run", (double)now.Running),
            ("calls that may run", (double)now.Threads),
            ("mean batch", now.MeanBatch),
            ("largest batch", (double)now.BatchSize),
            ("accepted", (double)now.Accepted),
            ("accepted in a second, lately", now.ArrivalRate),
            ("completed", (double)now.Completed),
            ("completed in a second, lately", now.ServiceRate),
            ("failed", (double)now.Failed),
            ("refused: full", (double)now.RefusedFull),
            ("refused: overloaded", (double)now.RefusedOverloaded),
            ("refused: stopping", (double)now.RefusedStopping),
            ("wait in the queue, median", now.WaitingTime.P50),
            ("90th percentile", now.WaitingTime.P90),
            ("99th percentile", now.WaitingTime.P99),
            ("time in the handler, median", now.ServiceTime.P50),
            ("90th percentile", now.ServiceTime.P90),
            ("99th percentile", now.ServiceTime.P99),
        ],
    };
}

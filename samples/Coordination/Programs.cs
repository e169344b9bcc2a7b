namespace Coordination;

/// <summary>The programs by name, in virtual time. docs/coordination.md shows what each of them prints.</summary>
public static class Programs
{
    public static IReadOnlyDictionary<string, Action<TextWriter>> All { get; } = new Dictionary<string, Action<TextWriter>>
    {
        ["semaphore"] = output => Run(done => Semaphores.LoadAll(["a", "b", "c", "d"], output, done)),
        ["barrier"] = output => Run(done => Barriers.Run(output, done)),
        ["halves"] = output => Run(done => Halves.Run(output, done)),
        ["race"] = output => Run(done => Races.AskAll([("far", 9), ("near", 2)], output, done)),
        ["hedge"] = output => Run(done => Hedges.Run(output, done)),
        ["retry"] = output => Run(done => Retries.Run(output, done)),
        ["ticker"] = output => Run(done => Tickers.Run(output, done)),
        ["flight"] = output => Run(done => Flights.Run(output, done)),
        ["breaker"] = output => Run(done => Breakers.Run(output, done)),
        ["limiter"] = output => Run(done => Limiters.Run(output, done)),
    };

    /// <summary>The loop's time in seconds.</summary>
    public static string Now => $"{EventLoop.Current!.TimeProvider.GetElapsedTime(0).TotalSeconds:0.0} s";

    private static void Run(Action<Event> main) => EventLoop.Run(main, new EventLoopOptions { VirtualTime = true });
}

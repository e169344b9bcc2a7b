namespace Outcomes;

/// <summary>The programs by name. docs/runtime.md shows what each of them prints.</summary>
public static class Programs
{
    public static IReadOnlyDictionary<string, Action<TextWriter>> All { get; } = new Dictionary<string, Action<TextWriter>>
    {
        ["failure"] = output => EventLoop.Run(done => Failures.Sum(["1", "two", "3", "four"], output, done)),
        ["handover"] = output => EventLoop.Run(done => Failures.SumOfNumbers(["1", "two", "3"], output, done)),
        ["cancel"] = output => EventLoop.Run(done => Cancels.AskAll([("near", 20), ("far", 200)], output, done)),
        ["stop"] = output => EventLoop.Run(done => Cancels.Stop(output, done)),
        ["loss"] = output => EventLoop.Run(done => Losses.Interview(["what?", ""], output, done)),
        ["pipeline"] = output => EventLoop.Run(done => Pipelines.Run(output, done)),
        // Serve switches the profile on, so that its own start is in no stretch, even where TAME_PROFILE is set.
        ["profile"] = output => EventLoop.Run(done => Profiles.Serve(output, done), new EventLoopOptions { Profile = ProfileMode.Off }),
        ["threads"] = output => EventLoop.Run(done => Threads.Compute(output, done)),
        ["guest"] = output => Guests.Ask(output).GetAwaiter().GetResult(),
        ["tasks"] = output => Threads.Await(output).GetAwaiter().GetResult(),
    };
}

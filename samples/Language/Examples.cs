namespace Language;

/// <summary>The examples by name, in the order of docs/language.md, which shows what each of them prints.</summary>
public static class Examples
{
    public static IReadOnlyDictionary<string, Action<Trace, Event>> All { get; } = new Dictionary<string, Action<Trace, Event>>
    {
        ["everyday"] = Waits.Everyday,
        ["starts"] = Waits.Starts,
        ["blocks"] = Waits.Blocks,
        ["nested"] = Waits.Nested,
        ["slots"] = Waits.Slots,
        ["rendezvous"] = Waits.Window,
        ["errors"] = Waits.Errors,
        ["pair"] = (trace, done) => Pairs.Greet("world", trace, done),
        ["shapes"] = (trace, done) => new Shelf<string>("toys").Put("ball", trace, done),
        ["running"] = Pairs.Running,
        ["goto"] = Choices.Goto,
        ["if"] = Choices.If,
        ["switch"] = Choices.Switch,
        ["loops"] = Loops.Plain,
        ["foreach"] = Loops.Collections,
        ["enumerators"] = Loops.Enumerators,
        ["catch"] = Regions.Catch,
        ["finally"] = Regions.Finally,
        ["filters"] = Regions.Filters,
        ["using"] = Regions.Using,
        ["checked"] = Regions.Arithmetic,
        ["unsafe"] = Regions.Pinned,
        ["fresh"] = Functions.Fresh,
        ["functions"] = Functions.Local,
        ["expression"] = Functions.Expression,
        ["kept"] = Locals.Kept,
        ["patterns"] = Locals.Patterns,
        ["anonymous"] = Locals.Anonymous,
        ["spans"] = Locals.Spans,
        ["out"] = Pairs.Out,
        ["failure"] = Failures.Run,
    };

    /// <summary>Runs an example on a loop in virtual time, and returns its trace.</summary>
    public static string Run(string name)
    {
        var trace = new Trace();
        EventLoop.Run(done => All[name](trace, done), new EventLoopOptions { VirtualTime = true });
        return trace.ToString();
    }
}

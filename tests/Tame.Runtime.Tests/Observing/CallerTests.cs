using static Tame.Primitives;

namespace Tame.Runtime.Tests.Observing;

public sealed class CallerTests
{
    [Fact]
    public void A_blocked_call_knows_who_waits_for_it_up_to_the_run()
    {
        IReadOnlyList<BlockedCall> blocked = [];
        Loops.Run(done =>
        {
            EventLoop.Current!.Post(() => blocked = EventLoop.Current.Blocked);
            Call.Blocks(done, outer => Call.Blocks(outer.Make(1), middle => Call.Blocks(middle.Make(2), inner => timer(TimeSpan.FromSeconds(1), inner.Make(3)))));
        });
        var innermost = blocked.Single(call => call.WaitsFor.Count == 0);
        var between = Assert.Single(innermost.WaitedForBy);
        var outermost = Assert.Single(between.WaitedForBy);
        Assert.Empty(outermost.WaitedForBy);
        Assert.True(outermost.IsWaitedForByRun);
        Assert.False(between.IsWaitedForByRun || innermost.IsWaitedForByRun);
        Assert.Same(between, Assert.Single(outermost.WaitsFor));
    }

    [Fact]
    public void Main_s_event_behind_another_leads_to_the_run_too()
    {
        IReadOnlyList<BlockedCall> blocked = [];
        Loops.Run(done =>
        {
            EventLoop.Current!.Post(() => blocked = EventLoop.Current.Blocked);
            Call.Blocks(done + default(Event), c => timer(TimeSpan.FromSeconds(1), c.Make(3)));
        });
        Assert.True(Assert.Single(blocked).IsWaitedForByRun);
    }

    [Fact]
    public void A_call_that_nobody_waits_for_says_so()
    {
        IReadOnlyList<BlockedCall> blocked = [];
        Loops.Run(done =>
        {
            EventLoop.Current!.Post(() => blocked = EventLoop.Current.Blocked);
            Call.Blocks(default, c => timer(TimeSpan.FromSeconds(1), c.Make(3)));
            timer(TimeSpan.FromSeconds(2), done);
        });
        var alone = Assert.Single(blocked);
        Assert.Empty(alone.WaitedForBy);
        Assert.False(alone.IsWaitedForByRun);
    }
}

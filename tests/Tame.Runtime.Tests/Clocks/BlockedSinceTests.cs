namespace Tame.Runtime.Tests.Clocks;

/// <summary>How long a call has waited.</summary>
public sealed class BlockedSinceTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(10_000)]
    public void A_wait_of_so_many_days_is_told_in_full(int days)
    {
        var waited = TimeSpan.FromDays(days);
        IReadOnlyList<BlockedCall> blocked = [];
        using var loop = new EventLoop(Loops.Virtual);
        var held = Block(11);
        Call.Blocks(
            default,
            c => Primitives.timer(waited, c.Make(1)),
            c => Primitives.timer(TimeSpan.FromSeconds(1), c.Make(1)),
            _ =>
            {
                blocked = loop.Blocked;
                loop.Stop();
            });
        loop.Post(() => Call.Blocks(default, c => Primitives.timer(waited - TimeSpan.FromDays(0.5), c.Make(1)), _ => held = [.. held, .. Block(12)]));
        loop.Run();
        GC.KeepAlive(held);
        Assert.Equal([11, 12], blocked.Select(call => call.Line));
        Assert.Equal([waited + TimeSpan.FromSeconds(1), TimeSpan.FromDays(0.5) + TimeSpan.FromSeconds(1)], blocked.Select(call => call.Since));
    }

    private static Event[] Block(int line)
    {
        Event e = default;
        Call.Start(c =>
        {
            if (c.State != 0)
                return;
            c.EnterBlock();
            e = c.Make(1);
            c.BlockDone(line);
        });
        return [e];
    }
}

namespace Tame.Runtime.Tests.Running;

/// <summary>When a loop spins for messages of other threads before it sleeps.</summary>
public sealed class SpinBeforeSleepTests
{
    private readonly Inbox _empty = new();
    private readonly Inbox _full = new();
    private SpinBeforeSleep _spin;

    public SpinBeforeSleepTests()
    {
        Assert.SkipWhen(Environment.ProcessorCount == 1, "With one processor nothing can come while the loop waits.");
        _full.TryPush(new PostedAction(static () => { }));
    }

    [Fact]
    public void A_loop_that_nobody_feeds_sleeps_at_once()
    {
        Assert.False(_spin.WaitFor(_full));
        _spin.Slept(_empty);
        Assert.False(_spin.WaitFor(_full));
    }

    [Fact]
    public void A_loop_that_was_fed_waits_for_more_until_a_sleep_ends_otherwise()
    {
        _spin.Slept(_full);
        Assert.True(_spin.WaitFor(_full));
        Assert.True(_spin.WaitFor(_full));
        _spin.Slept(_empty);
        Assert.False(_spin.WaitFor(_full));
    }

    [Fact]
    public void Each_time_that_nothing_comes_twice_as_many_sleeps_are_not_put_off()
    {
        _spin.Slept(_full);
        for (int skipped = 1; skipped <= 8; skipped *= 2)
        {
            Assert.False(_spin.WaitFor(_empty));
            for (int i = 0; i < skipped; i++)
                Assert.False(_spin.WaitFor(_full));
        }
        Assert.True(_spin.WaitFor(_full));
        Assert.False(_spin.WaitFor(_empty));
        Assert.False(_spin.WaitFor(_full));
        Assert.True(_spin.WaitFor(_full));
    }
}

namespace Tame.Runtime.Tests.Running;

/// <summary>When a loop looks for what other threads send before it sleeps.</summary>
public sealed class PatienceTests
{
    private readonly Inbox _empty = new();
    private readonly Inbox _full = new();
    private Patience _patience;

    public PatienceTests()
    {
        Assert.SkipWhen(Environment.ProcessorCount == 1, "With one processor nothing can come while the loop waits.");
        _full.TryPush(new PostedAction(static () => { }));
    }

    [Fact]
    public void A_loop_that_nobody_feeds_sleeps_at_once()
    {
        Assert.False(_patience.WaitFor(_full));
        _patience.Slept(_empty);
        Assert.False(_patience.WaitFor(_full));
    }

    [Fact]
    public void A_loop_that_was_fed_waits_for_more_until_a_sleep_ends_otherwise()
    {
        _patience.Slept(_full);
        Assert.True(_patience.WaitFor(_full));
        Assert.True(_patience.WaitFor(_full));
        _patience.Slept(_empty);
        Assert.False(_patience.WaitFor(_full));
    }

    [Fact]
    public void Each_time_that_nothing_comes_twice_as_many_sleeps_are_not_put_off()
    {
        _patience.Slept(_full);
        for (int skipped = 1; skipped <= 8; skipped *= 2)
        {
            Assert.False(_patience.WaitFor(_empty));
            for (int i = 0; i < skipped; i++)
                Assert.False(_patience.WaitFor(_full));
        }
        Assert.True(_patience.WaitFor(_full));
        Assert.False(_patience.WaitFor(_empty));
        Assert.False(_patience.WaitFor(_full));
        Assert.True(_patience.WaitFor(_full));
    }
}

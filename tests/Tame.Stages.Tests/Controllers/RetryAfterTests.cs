using static Tame.Stages.Tests.Controllers.Admission;

namespace Tame.Stages.Tests.Controllers;

public sealed class RetryAfterTests
{
    private readonly OverloadController _controller = new();

    [Fact]
    public void It_is_the_time_until_there_is_a_token()
    {
        _controller.Ask(20, 0);
        Assert.Equal(TimeSpan.FromMilliseconds(10), _controller.RetryAfter(0, TimeSpan.Zero));
        Assert.Equal(TimeSpan.FromMilliseconds(4), _controller.RetryAfter(0, TimeSpan.FromMilliseconds(6)));
        Assert.Equal(0, _controller.Ask(1, 0.0099));
        Assert.Equal(1, _controller.Ask(1, 0.01));
    }

    [Fact]
    public void With_a_token_it_is_nothing() => Assert.Equal(TimeSpan.Zero, _controller.RetryAfter(0, TimeSpan.Zero));

    [Fact]
    public void It_is_longer_when_more_are_refused_than_admitted()
    {
        _controller.Ask(910, 0);
        _controller.Answer(50, 0.1, 0.5);
        // 900 were refused in half a second, and 200 a second are admitted now.
        Assert.Equal(200, _controller.Rate(0));
        Assert.Equal(1800.0 / 200, _controller.RetryAfter(0, Seconds(0.5)).TotalSeconds, 6);
    }

    [Fact]
    public void It_has_an_upper_bound()
    {
        _controller.Ask(100_000, 0);
        _controller.Answer(50, 0.1, 0.5);
        Assert.Equal(Seconds(30), _controller.RetryAfter(0, Seconds(0.5)));
        var slow = new OverloadController(new OverloadOptions { InitialRate = 1e-300, MinRate = 1e-300, MaxRetryAfter = Seconds(7) });
        slow.Ask(10, 0);
        Assert.Equal(Seconds(7), slow.RetryAfter(0, TimeSpan.Zero));
    }
}

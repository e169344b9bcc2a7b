using static Tame.Stages.Tests.Controllers.Admission;

namespace Tame.Stages.Tests.Controllers;

/// <summary>The rule of the defaults, step by step: one class with a target of a second, and a rate of 100 a second at first.</summary>
public sealed class OverloadControllerTests
{
    private readonly OverloadController _controller = new();

    [Fact]
    public void While_nothing_is_refused_the_rate_stays()
    {
        Assert.Equal(10, _controller.Ask(10, 0));
        _controller.Answer(100, 0.1, 1);
        Assert.Equal(100, _controller.Rate(0));
    }

    [Fact]
    public void Far_below_the_target_twice_as_much_is_admitted_as_was_answered()
    {
        Assert.Equal(10, _controller.Ask(20, 0));
        _controller.Answer(150, 0.1, 1);
        Assert.Equal(300, _controller.Rate(0));
    }

    [Fact]
    public void Far_below_the_target_the_rate_never_falls()
    {
        _controller.Ask(20, 0);
        _controller.Answer(10, 0.1, 1);
        Assert.Equal(100, _controller.Rate(0));
    }

    [Fact]
    public void Below_the_target_somewhat_more_is_admitted_than_was_answered()
    {
        _controller.Ask(20, 0);
        _controller.Answer(120, 0.6, 1);
        // The window of a second and the smoothing make the measurement 1.5 seconds late: 0.3 / 2.5 of the distance of 0.4.
        Assert.Equal(120 * (1 + 0.12 * 0.4), _controller.Rate(0), 6);
    }

    [Fact]
    public void Below_the_target_a_rate_that_was_the_limit_for_long_comes_down_to_what_is_answered()
    {
        for (int second = 0; second <= 3; second++)
        {
            _controller.Ask(1000, second + 0.5);
            _controller.Answer(50, 0.6, second + 1);
            Assert.Equal(second < 2 ? 100 : 50 * (1 + 0.12 * 0.4), _controller.Rate(0), 6);
        }
    }

    [Fact]
    public void Above_the_target_less_is_admitted_than_was_answered()
    {
        _controller.Answer(100, 2, 1);
        Assert.Equal(100 * (1 - 0.12), _controller.Rate(0), 6);
    }

    [Fact]
    public void Far_above_the_target_half_is_admitted_of_what_was_answered()
    {
        _controller.Answer(80, 100, 1);
        Assert.Equal(40, _controller.Rate(0));
    }

    [Fact]
    public void The_first_measurement_is_taken_as_it_is_and_the_next_is_smoothed()
    {
        _controller.Answer(100, 2, 1);
        Assert.Equal(Seconds(2), _controller.ResponseTime(0));
        _controller.Answer(100, 4, 2);
        Assert.Equal(Seconds(3), _controller.ResponseTime(0));
    }

    [Fact]
    public void A_window_is_not_shorter_than_a_quarter_of_the_target()
    {
        _controller.Answer(150, 2, 0.249);
        Assert.Equal(TimeSpan.Zero, _controller.ResponseTime(0));
        _controller.Answer(1, 2, 0.25);
        Assert.Equal(Seconds(2), _controller.ResponseTime(0));
    }

    [Fact]
    public void Of_more_answers_than_the_samples_the_latest_count()
    {
        _controller.Answer(1000, 9, 0.1);
        _controller.Answer(100, 2, 0.2);
        _controller.Answer(1, 2, 0.25);
        Assert.Equal(Seconds(2), _controller.ResponseTime(0));
    }

    [Fact]
    public void A_time_without_requests_does_not_count()
    {
        _controller.Ask(20, 100);
        _controller.Answer(100, 2, 101);
        // 100 in one second, not in 101.
        Assert.Equal(100 * (1 - 0.12), _controller.Rate(0), 6);
    }

    [Fact]
    public void While_nothing_is_answered_the_rate_is_halved_once_in_a_target()
    {
        _controller.Ask(1, 0);
        double[] rates = [.. new[] { 1, 1.01, 2, 2.02, 3.04 }.Select(now =>
        {
            _controller.Ask(1, now);
            return _controller.Rate(0);
        })];
        Assert.Equal([100, 50, 50, 25, 12.5], rates);
        Assert.True(_controller.ResponseTime(0) > Seconds(1));
    }

    [Fact]
    public void A_stage_without_requests_is_not_taken_for_stalled()
    {
        _controller.Ask(1, 0);
        _controller.Answer(1, 0.1, 0.1);
        _controller.Ask(1, 100);
        _controller.Ask(1, 100.5);
        Assert.Equal(100, _controller.Rate(0));
    }

    [Fact]
    public void The_depth_follows_the_rate_and_may_be_set()
    {
        Assert.Equal(200, new OverloadController(new OverloadOptions { InitialRate = 2000 }).Ask(1000, 0));
        Assert.Equal(3, new OverloadController(new OverloadOptions { InitialRate = 2000, Depth = 3 }).Ask(1000, 0));
    }

    [Fact]
    public void A_class_that_does_not_exist_is_refused_with_the_number_of_classes()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _controller.TryAdmit(1, default));
        Assert.Contains("There are 1 classes of requests, from 0 on. Set a target for each class in OverloadOptions.Targets.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => _controller.Observe(-1, default, default));
        Assert.Throws<ArgumentOutOfRangeException>(() => _controller.RetryAfter(1, default));
        Assert.Throws<ArgumentOutOfRangeException>(() => _controller.Rate(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _controller.ResponseTime(1));
    }
}

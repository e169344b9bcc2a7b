using static Tame.Stages.Tests.Controllers.Admission;

namespace Tame.Stages.Tests.Controllers;

/// <summary>What the controller with the defaults measures, and when it decides: the target is a second, and windows end after half of it.</summary>
public sealed class OverloadControllerTests
{
    private readonly OverloadController _controller = new(new OverloadOptions { Depth = 1000 });

    [Fact]
    public void While_nothing_is_refused_the_rate_stays()
    {
        _controller.Ask(50, 0);
        _controller.Answer(50, 0.1, 0.5);
        Assert.Equal(Seconds(0.1), _controller.ResponseTime(0));
        Assert.Equal(100, _controller.Rate(0));
    }

    [Fact]
    public void Far_below_the_target_twice_as_much_is_admitted_as_was_answered()
    {
        var controller = new OverloadController();
        Assert.Equal(10, controller.Ask(20, 0));
        controller.Answer(80, 0.1, 0.5);
        Assert.Equal(320, controller.Rate(0));
    }

    [Fact]
    public void Above_the_target_less_is_admitted_than_was_answered()
    {
        _controller.Ask(120, 0);
        _controller.Answer(60, 1.2, 0.5);
        Assert.InRange(_controller.Rate(0), 61, 119);
    }

    [Fact]
    public void What_was_admitted_behind_the_request_that_is_answered_counts()
    {
        var other = new OverloadController(new OverloadOptions { Depth = 1000 });
        _controller.Ask(100, 0);
        other.Ask(300, 0);
        _controller.Answer(60, 0.9, 0.5);
        other.Answer(60, 0.9, 0.5);
        // 120 a second are answered, 108 in 0.9 s. 100 were admitted in that time, which may be chance; 300 may not.
        Assert.Equal(0.9, _controller.Excess(0), 6);
        Assert.Equal(0.9 + (300 - 108 - Math.Sqrt(300 + 108)) / 120, other.Excess(0), 6);
        Assert.Equal((Seconds(0.9), Seconds(0.9)), (_controller.ResponseTime(0), other.ResponseTime(0)));
        Assert.Equal(100, _controller.Rate(0));
        Assert.InRange(other.Rate(0), 60, 70);
    }

    [Fact]
    public void The_first_measurement_is_taken_as_it_is_and_the_next_is_smoothed()
    {
        _controller.Answer(20, 2, 0.5);
        Assert.Equal(Seconds(2), _controller.ResponseTime(0));
        _controller.Answer(20, 4, 1);
        Assert.Equal(Seconds(0.3 * 2 + 0.7 * 4), _controller.ResponseTime(0));
    }

    [Fact]
    public void A_full_window_ends_after_a_quarter_of_the_target()
    {
        _controller.Answer(100, 2, 0.249);
        Assert.Equal(TimeSpan.Zero, _controller.ResponseTime(0));
        _controller.Answer(1, 2, 0.25);
        Assert.Equal(Seconds(2), _controller.ResponseTime(0));
    }

    [Fact]
    public void A_window_that_is_not_full_ends_after_half_of_the_target()
    {
        _controller.Answer(99, 2, 0.499);
        Assert.Equal(TimeSpan.Zero, _controller.ResponseTime(0));
        _controller.Ask(1, 0.5);
        Assert.Equal(Seconds(2), _controller.ResponseTime(0));
    }

    [Fact]
    public void Of_more_answers_than_the_samples_the_latest_count()
    {
        _controller.Answer(1000, 9, 0.1);
        _controller.Answer(100, 2, 0.25);
        Assert.Equal(Seconds(2), _controller.ResponseTime(0));
    }

    [Fact]
    public void A_time_without_requests_does_not_count()
    {
        _controller.Ask(120, 100);
        _controller.Answer(60, 1.2, 100.5);
        // 60 in half a second, not in a hundred.
        Assert.InRange(_controller.Rate(0), 61, 119);
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
    public void The_time_of_a_stall_does_not_count_as_one_in_which_little_is_answered()
    {
        _controller.Ask(200, 0);
        _controller.Ask(1, 10);
        _controller.Answer(50, 10, 10.1);
        _controller.Answer(50, 10, 10.6);
        // Fifty in half a second, not in ten.
        Assert.InRange(_controller.Rate(0), 50, 120);
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
        Assert.Equal(10, new OverloadController().Ask(1000, 0));
        Assert.Equal(200, new OverloadController(new OverloadOptions { InitialRate = 2000 }).Ask(1000, 0));
        Assert.Equal(3, new OverloadController(new OverloadOptions { InitialRate = 2000, Depth = 3 }).Ask(1000, 0));
    }

    [Fact]
    public void A_class_that_does_not_exist_is_refused_with_the_number_of_classes()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _controller.TryAdmit(1, default));
        Assert.Contains("The classes of requests are 0 to 0. Set a target for each class in OverloadOptions.Targets.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => _controller.Observe(-1, default, default));
        Assert.Throws<ArgumentOutOfRangeException>(() => _controller.RetryAfter(1, default));
        Assert.Throws<ArgumentOutOfRangeException>(() => _controller.Rate(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _controller.ResponseTime(1));
    }
}

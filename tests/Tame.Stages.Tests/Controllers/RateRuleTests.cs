namespace Tame.Stages.Tests.Controllers;

/// <summary>The rule of the defaults. At twice the target, and measured at once, it admits half of what is answered.</summary>
public sealed class RateRuleTests
{
    private static readonly OverloadOptions s_options = new();

    /// <summary>100 a second are admitted, and as many answered.</summary>
    private static readonly RateMeasurement s_seen = new() { Rate = 100, Completions = 100, LastCompletions = 100, IsLimited = true };

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.9)]
    public void While_nothing_is_refused_the_rate_does_not_rise(double excess) => Assert.Equal(100, Next(s_seen with { IsLimited = false, Completions = 500, LastCompletions = 500 }, excess));

    [Theory]
    [InlineData(1.2, 90)]
    [InlineData(1.6, 70)]
    [InlineData(2, 50)]
    [InlineData(100, 50)]
    public void Above_the_target_less_is_admitted_than_is_answered_but_not_less_than_half(double excess, double expected)
    {
        Assert.Equal(expected, Next(s_seen, excess), 9);
        Assert.Equal(expected, Next(s_seen with { IsLimited = false }, excess), 9);
    }

    [Fact]
    public void Few_slow_answers_while_nothing_is_refused_halve_the_rate() => Assert.Equal(50, Next(s_seen with { IsLimited = false, Completions = 3 }, 100), 9);

    [Fact]
    public void After_a_stall_half_is_admitted_of_what_is_answered() => Assert.Equal(50, Next(s_seen with { Rate = 1 }, 100), 9);

    [Fact]
    public void A_rate_far_above_what_is_answered_comes_down_to_it_at_once() => Assert.Equal(90, Next(s_seen with { Rate = 5000 }, 1.2), 9);

    [Fact]
    public void What_is_measured_late_changes_the_rate_less() => Assert.Equal(95, Next(s_seen with { Sluggishness = 1 }, 1.2), 9);

    [Fact]
    public void Below_the_target_more_is_admitted_than_is_answered() => Assert.Equal(120, Next(s_seen, 0.6), 9);

    [Fact]
    public void Below_the_target_a_rate_comes_down_once_all_that_are_answered_were_admitted_under_it()
    {
        var seen = s_seen with { Rate = 150 };
        Assert.Equal(150, Next(seen, 0.6), 9);
        Assert.Equal(120, Next(seen with { IsLimitedForLong = true }, 0.6), 9);
    }

    [Fact]
    public void Far_below_the_target_twice_as_much_is_admitted_as_was_answered_last() =>
        Assert.Equal(260, Next(s_seen with { LastCompletions = 130 }, 0.4), 9);

    [Fact]
    public void Far_below_the_target_the_rate_stays_while_the_queue_fills()
    {
        Assert.Equal(200, Next(s_seen with { Rate = 124 }, 0.4), 9);
        Assert.Equal(126, Next(s_seen with { Rate = 126 }, 0.4), 9);
    }

    [Theory]
    [InlineData(0.9, 150)]
    [InlineData(1.1, 150)]
    public void Between_low_and_high_what_is_answered_is_admitted(double excess, double rate)
    {
        var options = s_options with { Low = 0.8, High = 1.2 };
        Assert.Equal(rate, RateRule.Next(options, s_seen with { Rate = rate }, excess));
        Assert.Equal(100, RateRule.Next(options, s_seen with { Rate = rate, IsLimitedForLong = true }, excess));
    }

    private static double Next(RateMeasurement seen, double excess) => RateRule.Next(s_options, seen, excess);
}

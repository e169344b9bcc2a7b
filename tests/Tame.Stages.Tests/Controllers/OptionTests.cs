using static Tame.Stages.Tests.Controllers.Admission;

namespace Tame.Stages.Tests.Controllers;

public sealed class OptionTests
{
    public static TheoryData<string, Action> Wrong { get; } = new()
    {
        { "Set targets from above zero", () => _ = new OverloadOptions { Targets = [Seconds(1), TimeSpan.Zero] } },
        { "Set a target for at least one class", () => _ = new OverloadOptions { Targets = [] } },
        { "Set a share from 0.01 to 1, such as 0.9", () => _ = new OverloadOptions { Percentile = 90 } },
        { "Set from 1 to 100,000 samples", () => _ = new OverloadOptions { Samples = 0 } },
        { "Set a window from above zero", () => _ = new OverloadOptions { Window = TimeSpan.FromDays(2) } },
        { "Set a weight from 0", () => _ = new OverloadOptions { Smoothing = 1 } },
        { "Set a factor from 0 to 1000", () => _ = new OverloadOptions { Low = -1 } },
        { "Set a factor from 0 to 1000", () => _ = new OverloadOptions { High = double.NaN } },
        { "Set a gain from 0", () => _ = new OverloadOptions { Gain = 1.1 } },
        { "Set an increase that is not negative", () => _ = new OverloadOptions { Increase = double.PositiveInfinity } },
        { "Set a divisor from 1", () => _ = new OverloadOptions { Divisor = 0.5 } },
        { "Set a rate above zero", () => _ = new OverloadOptions { InitialRate = 0 } },
        { "Set a rate above zero", () => _ = new OverloadOptions { MinRate = -1 } },
        { "Set a rate above zero", () => _ = new OverloadOptions { MaxRate = double.PositiveInfinity } },
        { "Set a depth of at least one request", () => _ = new OverloadOptions { Depth = 0.9 } },
        { "Set a time from above zero", () => _ = new OverloadOptions { MaxRetryAfter = TimeSpan.Zero } },
        { "Low is above High, which is 1. Lower it, or set a higher High", () => _ = new OverloadController(new OverloadOptions { Low = 1.1 }) },
        { "MinRate is above InitialRate, which is 100.", () => _ = new OverloadController(new OverloadOptions { MinRate = 200 }) },
        { "InitialRate is above MaxRate, which is 50.", () => _ = new OverloadController(new OverloadOptions { MaxRate = 50 }) },
        { "Set a period from above zero", () => _ = new ThreadPoolOptions { Period = TimeSpan.Zero } },
        { "Set a threshold of at least one item", () => _ = new ThreadPoolOptions { Threshold = 0 } },
        { "Set at least one thread", () => _ = new ThreadPoolOptions { Min = 0 } },
        { "Set at least one thread", () => _ = new ThreadPoolOptions { Max = 0 } },
        { "Set a time from above zero", () => _ = new ThreadPoolOptions { IdleTime = Timeout.InfiniteTimeSpan } },
        { "Min is above Max, which is 20.", () => _ = new ThreadPoolController(new ThreadPoolOptions { Min = 21 }) },
        { "Set a period from above zero", () => _ = new BatchOptions { Period = TimeSpan.Zero } },
        { "Set at least one sample", () => _ = new BatchOptions { Samples = 0 } },
        { "Set a batch of at least one item", () => _ = new BatchOptions { Min = 0 } },
        { "Set a batch of at least one item", () => _ = new BatchOptions { Max = 0 } },
        { "Set a weight from 0", () => _ = new BatchOptions { Smoothing = 1 } },
        { "Set a factor above 1", () => _ = new BatchOptions { Shrink = 1 } },
        { "Set a factor above 1", () => _ = new BatchOptions { Grow = 1 } },
        { "Set a share from 0 to 1", () => _ = new BatchOptions { Low = 2 } },
        { "Set a share from 0 to 1", () => _ = new BatchOptions { High = 2 } },
        { "Set a share from 0 to 1", () => _ = new BatchOptions { FarBelow = -1 } },
        { "Set a multiple above 1", () => _ = new BatchOptions { FarAbove = 1 } },
        { "Set a number of decisions", () => _ = new BatchOptions { Rest = -1 } },
        { "Min is above Max, which is 3.", () => _ = new BatchController(new BatchOptions { Min = 4, Max = 3 }) },
        { "Low is above High, which is 0.5.", () => _ = new BatchController(new BatchOptions { High = 0.5 }) },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void An_option_out_of_its_range_is_refused_with_what_to_do(string advice, Action make) =>
        Assert.Contains(advice, Assert.Throws<ArgumentOutOfRangeException>(make).Message, StringComparison.Ordinal);

    [Fact]
    public void Targets_are_copied()
    {
        var targets = new List<TimeSpan> { Seconds(1) };
        var options = new OverloadOptions { Targets = targets };
        targets.Clear();
        Assert.Equal([Seconds(1)], options.Targets);
        Assert.Throws<ArgumentNullException>(() => new OverloadOptions { Targets = null! });
    }
}

using Tame.Overload;

namespace Tame.Samples.Tests.Overload;

/// <summary>The experiment of docs/scheduling.md, in virtual time: it has the same result on every machine.</summary>
public sealed class OverloadTests
{
    [Fact]
    public void First_in_first_out_collapses_under_overload() => Assert.InRange(Run(Variant.All[0], 2).Throughput, 0, 0.1 * Experiment.Capacity);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Resource_aware_stays_within_ten_percent_of_the_peak(int variant) =>
        Assert.InRange(Run(Variant.All[variant], 3).Throughput, 0.9 * Experiment.Capacity, 1.01 * Experiment.Capacity);

    [Fact]
    public void With_admission_the_answers_that_are_given_come_soon()
    {
        var calm = Run(Variant.All[2], 0.75);
        var overloaded = Run(Variant.All[2], 3);
        Assert.InRange(overloaded.Latency, calm.Latency, 0.5);
        Assert.Equal(0, calm.Refused);
        Assert.InRange(overloaded.Refused, Experiment.Capacity, 3 * Experiment.Capacity);
    }

    [Fact]
    public void The_same_seed_gives_the_same_numbers() => Assert.Equal(Run(Variant.All[2], 1.25), Run(Variant.All[2], 1.25));

    private static Outcome Run(Variant variant, double load) => new Experiment(load, variant).Run();
}

using CsCheck;
using static Tame.Stages.Tests.Controllers.Admission;

namespace Tame.Stages.Tests.Controllers;

public sealed class AdmissionHistoryTests
{
    private readonly AdmissionHistory _history = new();

    [Fact]
    public void Those_since_a_mark_are_counted_and_those_between_marks_in_proportion()
    {
        Add(10);
        _history.Mark(Seconds(1));
        Add(20);
        _history.Mark(Seconds(2));
        Add(4);
        Assert.Equal([0, 2, 4, 9, 24, 34], [Since(4), Since(3), Since(2), Since(1.75), Since(1), Since(0)]);
    }

    [Fact]
    public void Before_the_first_mark_there_were_none()
    {
        Add(7);
        Assert.Equal([7, 7], [Since(-1), Since(0)]);
    }

    [Fact]
    public void Of_many_marks_the_latest_are_kept()
    {
        for (int second = 1; second <= 1000; second++)
        {
            Add(1);
            _history.Mark(Seconds(second));
        }
        Assert.Equal([0, 10, 63, 63], [Since(1000, 1000), Since(990, 1000), Since(937, 1000), Since(5, 1000)]);
    }

    [Fact]
    public void A_longer_time_never_has_fewer() =>
        Gen.Select(Gen.Select(Gen.Int[0, 5], Gen.Int[0, 3]).Array[0, 100], Gen.Double[0, 300], Gen.Double[0, 300]).Sample((steps, a, b) =>
        {
            var history = new AdmissionHistory();
            var now = TimeSpan.Zero;
            foreach (var (count, pause) in steps)
            {
                for (int i = 0; i < count; i++)
                    history.Add();
                history.Mark(now += Seconds(pause));
            }
            double all = steps.Sum(step => step.Item1);
            double longer = history.Since(now.Ticks - Seconds(Math.Max(a, b)).Ticks, now), shorter = history.Since(now.Ticks - Seconds(Math.Min(a, b)).Ticks, now);
            Assert.InRange(shorter, 0, longer + 1e-9);
            Assert.InRange(longer, 0, all + 1e-9);
        });

    private double Since(double seconds, double now = 4) => _history.Since(Seconds(seconds).Ticks, Seconds(now));

    private void Add(int count)
    {
        for (int i = 0; i < count; i++)
            _history.Add();
    }
}

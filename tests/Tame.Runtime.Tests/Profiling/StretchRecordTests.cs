using Tame.CompilerServices;

namespace Tame.Runtime.Tests.Profiling;

/// <summary>Which stretches are measured, and how their costs are averaged.</summary>
public sealed class StretchRecordTests
{
    private static readonly ClosureType s_type = new("Shop.Buy", "Shop.cs", line: 7, waits: "");

    [Fact]
    public void The_last_counts_for_an_eighth()
    {
        var stretch = new StretchRecord(Point(0), BlockingEdgeKind.Continue);
        stretch.Add(new StretchCosts(800, 80, -8, 1, 0));
        stretch.AddBlocked(16);
        stretch.Add(new StretchCosts(1600, 0, 8, 1, 0));
        stretch.AddBlocked(0);
        Assert.Equal(new StretchCosts(900, 70, -6, 1, 14), stretch.Costs);
    }

    [Fact]
    public void Eight_are_measured_and_then_one_of_thirteen() => Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 22, 35], Measured(35, running: 999));

    [Fact]
    public void Long_ones_are_all_measured() => Assert.Equal(Enumerable.Range(1, 35), Measured(35, running: 1000));

    [Fact]
    public void Stretches_are_told_apart_by_where_they_go_and_how()
    {
        PointRecord from = Point(1), to = Point(2), other = Point(3);
        for (int i = 0; i < 3; i++)
        {
            from.Count(to, BlockingEdgeKind.Continue);
            from.Count(other, BlockingEdgeKind.Continue);
            from.Count(to, BlockingEdgeKind.Call);
            from.Count(to, BlockingEdgeKind.Continue);
        }
        Assert.Equal(
            [(2, BlockingEdgeKind.Continue, 6), (2, BlockingEdgeKind.Call, 3), (3, BlockingEdgeKind.Continue, 3)],
            from.Stretches.Select(stretch => (stretch.To.Point.State, stretch.Kind, stretch.Count)).OrderBy(stretch => stretch.State));
    }

    private static PointRecord Point(int state) => new(s_type, state);

    /// <summary>The numbers of the measured stretches, if each takes this long.</summary>
    private static List<int> Measured(int count, double running)
    {
        var point = Point(1);
        var measured = new List<int>();
        for (int i = 1; i <= count; i++)
        {
            if (!point.IsDue())
                continue;
            measured.Add(i);
            point.Add(running);
        }
        return measured;
    }
}

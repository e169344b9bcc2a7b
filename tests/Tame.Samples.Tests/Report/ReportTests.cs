using Tame.Benchmarks;

namespace Tame.Samples.Tests;

/// <summary>What the report makes of numbers. What the numbers are, no test says.</summary>
public sealed class ReportTests
{
    private static readonly Measurement[] s_measured =
    [
        new("ping", "tame", 1, "ns", 20), new("ping", "tame", 1, "bytes", 0), new("ping", "async", 1, "ns", 80), new("ping", "async", 1, "bytes", 88),
        new("ping", "runtime-async", 1, "ns", 200), new("ping", "runtime-async", 1, "bytes", 368),
        new("knot-1k", "knot", 64, "requests/s", 1200), new("knot-1k", "nginx", 64, "requests/s", 1000), new("knot-1k", "knot", 512, "requests/s", 1500),
        new("knot-1k", "nginx", 512, "requests/s", 1000), new("knot-1k", "knot", 64, "VSZ MB", 50911), new("curve of ping", "tame", 100_000, "ns", 76.4),
    ];

    private static readonly Table s_table = new(s_measured);

    [Fact]
    public void A_line_is_read_as_it_was_written()
    {
        var measurement = new Measurement("knot-1k", "knot", 64, "requests/s", 12345.6789);
        Assert.Equal(measurement, Measurement.Parse(measurement.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("// * Summary *")]
    [InlineData("ping\ttame\tone\tns\t20")]
    [InlineData("ping\ttame\t1\tns\tfast")]
    public void What_is_no_line_of_ours_is_left_out(string line) => Assert.Null(Measurement.Parse(line));

    [Fact]
    public void A_goal_is_met_where_ours_is_as_far_ahead_as_was_wanted_and_allocates_nothing()
    {
        var goal = new Goal("", "ping", "ns", "async") { Ratio = 0.3, AllocatesNothing = true };
        Assert.Equal(0.25, s_table.Ratio(goal));
        Assert.True(s_table.IsMet(goal));
        Assert.False(s_table.IsMet(goal with { Ratio = 0.2 }));
        Assert.False(s_table.IsMet(goal with { Ours = "async", Ratio = 1 }));
        Assert.False(s_table.IsMet(goal with { AtMost = 19 }));
        Assert.Null(s_table.IsMet(goal with { Row = "pong" }));
        Assert.Contains("| 20 ns, 0 B | async 80 ns, 88 B | 0.25x |  |  |", s_table.Goals([goal with { Ratio = null, AllocatesNothing = false }]), StringComparison.Ordinal);
    }

    [Fact]
    public void More_requests_are_better_and_each_number_of_connections_counts_for_itself()
    {
        var goal = new Goal("", "knot-1k", "requests/s", "nginx") { Ours = "knot", Ratio = 1.3 };
        Assert.False(s_table.IsMet(goal with { At = 64 }));
        Assert.True(s_table.IsMet(goal with { At = 512 }));
        Assert.Null(s_table.IsMet(goal with { At = 1 }));
    }

    [Fact]
    public void The_tables_show_what_was_measured_and_say_what_was_not()
    {
        var goals = s_table.Goals(Goals.All);
        Assert.Contains("| 20 ns, 0 B | async 80 ns, 88 B | 0.25x | 0.45x, 0 B | yes | 200 ns, 368 B (0.10x) |", goals, StringComparison.Ordinal);
        Assert.Contains("| 1,200 requests/s | nginx 1,000 requests/s | 1.20x | at least 1.30x | **no** |", goals, StringComparison.Ordinal);
        Assert.Contains("not measured", goals, StringComparison.Ordinal);
        Assert.Contains("| knot-1k, 64 connections | knot | 1,200 |  |  |  | 50,911 |", s_table.Servers(), StringComparison.Ordinal);
        Assert.Contains("| ping | tame | 76.4 |", s_table.Growth(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_is_written_between_its_markers_only()
    {
        var page = Page.Replace($"before\n{Page.Begin}\nold\n{Page.End}\nafter\n", "new\n");
        Assert.Equal($"before\n{Page.Begin}\n\nnew\n\n{Page.End}\nafter\n", page);
        Assert.Throws<InvalidOperationException>(() => Page.Replace("no markers", "new"));
    }
}

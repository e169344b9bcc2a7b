extern alias compare;
using compare::Tame.Comparison.Results;

namespace Tame.Samples.Tests.Compare;

/// <summary>What the page says of numbers.</summary>
public sealed class ReportTextTests
{
    private static readonly string s_text = new ReportText(Canned.Findings).Markdown();

    [Theory]
    [InlineData("Measured in a dream.\n\n    dotnet run\n\n- The files are few.\n- Not measured: haboob: samples/Haboob does not exist\n")]
    [InlineData("- **knot**: as it stands.\n")]
    [InlineData("| 1 | nginx 1,020 (1.02x knot) | nginx 2 (2.00x knot) | knot 20 | nginx 15 (4.00x knot) | knot 1.000 |\n")]
    [InlineData("| 1,000 | nginx 12,000 (1.33x knot) | knot 400 | nginx 20 (1.50x knot) | nginx 16 (4.38x knot) | apache-event 0.250 |\n")]
    [InlineData("| 1,000 | apache-event | 3,000 | 0 | 200 | 400 | 800 | 1,600 | 2,400 | 0.250 | 90 | 0 % | 0 % | 90 | 150 | 1,234 |\n")]
    [InlineData("| Clients | 1,000 | 1,000 | 1,000 |\n| Throughput (connections/s) | 1,800 | 2,400 | 600 |\n")]
    [InlineData("| Number of threads | 8 | 8 | 150 |\n| Number of processes | 1 | 1 | 6 |\n| Physical memory (MB) | 70 | 16 | 90 |\n")]
    [InlineData("The server may be faster there: knot with 1,000.\n")]
    [InlineData("| 10x | with its controllers | 1,000 | 95 | 905 | 95 | 190 | 380 | 760 |")]
    [InlineData("- At 10 times the peak with its controllers: requests that are not refused have a 90th percentile of 190 ms (0.95x the target); throughput is 95 % of the peak; Jain's index over admitted requests is 0.950; 3 requests failed (no answer in time: 3), and 4 were due but not sent when the time was over.\n")]
    [InlineData("- Right after that, at 0.5 times the peak with its controllers: the 90th percentile is 12 ms, and 0 requests a second are refused.\n")]
    [InlineData("- At 10 times the peak without control: requests that are not refused have a 90th percentile of 9,000 ms (45.00x the target); throughput is 30 % of the peak;")]
    [InlineData("| 10,000 | tamed calls on one loop | 200,000 | 51 | 50 | 60 | 48 | 53,000 |\n")]
    [InlineData("| 10,000 | a thread for each task | no more threads |")]
    [InlineData("srcset=\"images/servers-fairness-dark.png\"")]
    public void The_page_says(string expected) => Assert.Contains(expected, s_text, StringComparison.Ordinal);

    [Fact]
    public void The_page_names_the_servers_that_do_better_than_Knot() => Assert.Equal(
        [
            "**nginx** answers more requests a second than knot with 1,000 (1.33x) clients.",
            "**nginx** has a lower 99th percentile than knot with 1 (2.00x) client.",
            "**nginx** takes less processor time for a request than knot with 1,000 (1.50x) clients.",
            "**nginx** takes less memory than knot with 1 (4.00x), 1,000 (4.38x) clients.",
        ],
        new ReportText(Canned.Findings).Losses());

    [Fact]
    public void The_page_says_where_no_other_does() =>
        Assert.Contains("- No other server does.\n", new ReportText(Canned.Findings with { Mix = [.. Canned.Findings.Mix.Where(point => point.Server == "knot")] }).Markdown(), StringComparison.Ordinal);

    [Fact]
    public void A_run_on_a_busy_machine_is_provisional()
    {
        Assert.DoesNotContain("provisional", s_text, StringComparison.Ordinal);
        Assert.Contains("**These numbers are provisional.**", new ReportText(Canned.Findings with { LoadAverage = 5 }).Markdown(), StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_that_were_not_measured_are_left_out()
    {
        string text = new ReportText(Canned.Findings with { Mix = [], Overload = [] }).Markdown();
        Assert.DoesNotContain("### Overload", text, StringComparison.Ordinal);
        Assert.DoesNotContain("### The servers", text, StringComparison.Ordinal);
        Assert.Contains("### A thread for each task", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_picture_of_the_page_is_drawn_for_a_light_and_a_dark_one()
    {
        using var folder = new TemporaryFolder();
        Pictures.Draw(folder.Path, Canned.Findings);
        var named = System.Text.RegularExpressions.Regex.Matches(s_text, "images/(servers-[a-z-]+[.]png)").Select(match => match.Groups[1].Value).Distinct().Order().ToList();
        Assert.Equal(16, named.Count);
        Assert.Equal(named, Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
    }
}

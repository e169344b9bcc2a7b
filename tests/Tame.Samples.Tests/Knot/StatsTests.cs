using Knot;

namespace Tame.Samples.Tests.Knot;

public sealed class StatsTests
{
    [Fact]
    public void A_report_counts_what_happened_since_the_last_one()
    {
        var stats = new Stats { Opened = 3, Active = 2, Requests = 100, BytesSent = 1_250_000, CacheHits = 75 };
        Assert.Equal("2.0 Mb/s, 20 requests/s, 3 opened, 2 active, 75.0% cache hits", stats.Report(TimeSpan.FromSeconds(5)));

        stats.Requests += 10;
        Assert.Equal("0.0 Mb/s, 2 requests/s, 0 opened, 2 active, 0.0% cache hits", stats.Report(TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void Without_traffic_there_is_nothing_to_report()
    {
        var stats = new Stats { Active = 7 };
        Assert.Null(stats.Report(TimeSpan.FromSeconds(5)));
    }
}

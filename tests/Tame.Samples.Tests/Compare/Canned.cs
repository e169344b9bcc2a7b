extern alias compare;
using compare::Tame.Comparison.Overload;
using compare::Tame.Comparison.Results;

namespace Tame.Samples.Tests.Compare;

/// <summary>Numbers that no one measured.</summary>
internal static class Canned
{
    public static Findings Findings { get; } = new()
    {
        Circumstances = "Measured in a dream.",
        Command = "dotnet run",
        Setups = { ["knot"] = "as it stands" },
        Settings = ["The files are few."],
        Missing = ["haboob: samples/Haboob does not exist"],
        Mix =
        [
            Point("knot", 1, 1000, p99: 4, processor: 20, memory: 60),
            Point("knot", 1000, 9000, p99: 400, processor: 30, memory: 70) with { Fairness = 0.98, LoadBusy = 0.99, ServerBusy = 0.5 },
            Point("nginx", 1, 1020, p99: 2, processor: 20, memory: 15),
            Point("nginx", 1000, 12_000, p99: 500, processor: 20, memory: 16),
            Point("apache-event", 1000, 3000, p99: 800, processor: 90, memory: 90) with { Fairness = 0.25, Errors = 1234, Threads = 150, Processes = 6 },
        ],
        TargetMilliseconds = 200,
        PeakPerSecond = 100,
        Overload =
        [
            Offered(OverloadRun.Without, 10, admitted: 30, p90: 9000),
            Offered(OverloadRun.With, 10, admitted: 95, p90: 190) with { RefusedPerSecond = 905 },
            Offered(OverloadRun.With, 0.5, admitted: 50, p90: 12) with { IsAfter = true },
        ],
        Tasks =
        [
            new TaskPoint { Side = "tamed calls on one loop", Tasks = 10_000, PerSecond = 200_000, Mean = 51, P50 = 50, P99 = 60, ResidentMegabytes = 48, VirtualMegabytes = 53_000 },
            new TaskPoint { Side = "a thread for each task", Tasks = 10_000, Failed = "no more threads" },
        ],
    };

    private static MixPoint Point(string server, int clients, double rate, double p99, double processor, double memory) => new()
    {
        Server = server,
        Clients = clients,
        RequestsPerSecond = rate,
        ConnectionsPerSecond = rate / 5,
        Milliseconds = new ResponseTimes(p99 / 4, p99 / 2, p99, p99 * 2, p99 * 3),
        Distribution = [.. MixPoint.Shares.Select(share => p99 * (share + 1) / 100)],
        ProcessorMicroseconds = processor,
        ResidentMegabytes = memory,
        Threads = 8,
        Processes = 1,
        Fairness = 1,
    };

    private static OverloadPoint Offered(string variant, double load, double admitted, double p90) => new()
    {
        Variant = variant,
        Load = load,
        OfferedPerSecond = load * 100,
        AdmittedPerSecond = admitted,
        Milliseconds = new ResponseTimes(p90 / 2, p90, p90 * 2, p90 * 3, p90 * 4),
        Fairness = 0.95,
        Failures = new Dictionary<string, long> { ["no answer in time"] = 3 },
        Unsent = 4,
    };
}

using System.Text;
using HdrHistogram;
using Tame.Comparison.Results;
using Tame.Comparison.Servers;
using Tame.Load;

namespace Tame.Comparison.Mix;

/// <summary>Puts the mix of files on one server after the other, with more and more clients.</summary>
internal sealed class MixRun(CompareOptions options, FileSet files, Workspace work, ProgressBoard board, Cores cores)
{
    private const int RequestsOfAConnection = 5, WarmUpClients = 64;

    /// <summary>Measures a server with each number of clients.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="found">Gets each point.</param>
    /// <exception cref="InvalidOperationException">The server does not start, or ends before the load does.</exception>
    public void Run(ServerKind kind, Action<MixPoint> found)
    {
        RunningServer? server = null;
        try
        {
            foreach (int clients in options.Clients)
            {
                if (server is null || kind.DependsOnClients)
                {
                    server?.Dispose();
                    server = Start(kind, clients);
                }
                board.Begin($"{kind.Name}, {clients} client{(clients == 1 ? "" : "s")}", options.SecondsOfAPoint);
                found(Measure(kind, server, clients));
                if (server.HasEnded)
                    throw new InvalidOperationException($"{kind.Name} ended under the load of {clients} clients. {server.Said}");
            }
        }
        finally
        {
            server?.Dispose();
        }
    }

    private RunningServer Start(ServerKind kind, int clients)
    {
        board.Begin($"{kind.Name} starts", kind.NeedsWarmUp ? options.StartSeconds : 0.2);
        var server = RunningServer.Start(work, kind, files, clients, cores);
        if (kind.NeedsWarmUp)
            Generator.Run(Load(server, WarmUpClients) with { WarmUp = TimeSpan.Zero, Duration = TimeSpan.FromSeconds(options.StartSeconds) }, 1, board);
        return server;
    }

    private MixPoint Measure(ServerKind kind, RunningServer server, int clients)
    {
        var load = Load(server, clients);
        using var watch = new UsageWatch(server.Id, load.WarmUp, load.Duration);
        var seen = Generator.Run(load, 1, board);
        watch.Wait();
        return Point(kind.Name, clients, seen, watch);
    }

    private LoadOptions Load(RunningServer server, int clients) => new()
    {
        Server = server.Address,
        Requests = [.. files.Files.Select(file => Encoding.ASCII.GetBytes($"GET {file.Path} HTTP/1.1\r\nHost: {server.Address}\r\n\r\n"))],
        Weights = [.. files.Files.Select(file => file.Weight)],
        Clients = clients,
        RequestsPerConnection = RequestsOfAConnection,
        Think = options.Think,
        Duration = TimeSpan.FromSeconds(options.Seconds),
        WarmUp = TimeSpan.FromSeconds(options.WarmUpSeconds),
        Seed = options.Seed,
    };

    private static MixPoint Point(string server, int clients, LoadResult seen, UsageWatch watch)
    {
        double seconds = seen.Duration.TotalSeconds;
        return new MixPoint
        {
            Server = server,
            Clients = clients,
            RequestsPerSecond = seen.Arrived / seconds,
            MegabitsPerSecond = seen.Bytes * 8 / 1e6 / seconds,
            ConnectionsPerSecond = seen.Arrived / seconds / RequestsOfAConnection,
            Milliseconds = Times(seen.Admitted.Latency),
            Distribution = [.. MixPoint.Shares.Select(share => At(seen.Admitted.Latency, share))],
            ResidentMegabytes = watch.Most.Resident / 1e6,
            ProportionalMegabytes = watch.Proportional / 1e6,
            VirtualMegabytes = watch.Most.Virtual / 1e6,
            Threads = watch.Most.Threads,
            Processes = watch.Most.Processes,
            ProcessorMicroseconds = seen.Requests == 0 ? 0 : watch.Most.Processor.TotalMicroseconds / seen.Requests,
            ServerBusy = watch.ServerBusy,
            LoadBusy = watch.LoadBusy,
            Errors = seen.Refused + seen.Failures.Values.Sum(),
            Fairness = seen.Admitted.Count == 0 ? 0 : seen.Admitted.Fairness,
        };
    }

    internal static ResponseTimes Times(LongHistogram times) => new(At(times, 50), At(times, 90), At(times, 99), At(times, 99.9), At(times, 100));

    internal static double At(LongHistogram times, double percentile) => AnswerTally.Within(times, percentile) / 1e6;
}

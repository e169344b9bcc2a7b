extern alias RuntimeAsync;

using System.Diagnostics;
using Tame.Benchmarks.Peers;
using Runtime = RuntimeAsync::Tame.Benchmarks.Peers;

namespace Tame.Benchmarks;

/// <summary>
/// What is measured once, and not by a clock around a loop: memory that is kept, and processor time. Each side has a process of its own,
/// so that none pays for what another has left.
/// </summary>
internal static class Once
{
    /// <summary>The side whose process has a collector that runs beside the threads.</summary>
    public const string Concurrent = "tame-concurrent";

    private static readonly Dictionary<string, Dictionary<string, Func<Effort, Measurement>>> s_rows = new()
    {
        ["parked"] = new()
        {
            ["tame"] = effort => Keep(effort, Ours.Parked.Calls),
            ["async"] = effort => Keep(effort, Parked.Calls),
            ["runtime-async"] = effort => Keep(effort, Runtime.Parked.Calls),
        },
        ["parkedtenth"] = new()
        {
            ["tame"] = effort => Bytes(effort.Million / 10, Ours.Parked.Calls(effort.Million / 10)),
            ["async"] = effort => Bytes(effort.Million / 10, Parked.Calls(effort.Million / 10)),
            ["runtime-async"] = effort => Bytes(effort.Million / 10, Runtime.Parked.Calls(effort.Million / 10)),
        },
        ["deepmillion"] = new()
        {
            ["tame"] = effort => Time(effort, new Ours.Deep(effort.Million).Run),
            ["async"] = effort => Time(effort, new Deep(effort.Million).Run),
            ["runtime-async"] = effort => Time(effort, new Runtime.Deep(effort.Million).Run),
        },
        ["limitedmillion"] = new()
        {
            ["tame"] = effort => Time(effort, new Ours.Limited(effort.Million).Run),
            ["async"] = effort => Time(effort, new Limited(effort.Million).Run),
            ["runtime-async"] = effort => Time(effort, new Runtime.Limited(effort.Million).Run),
        },
        ["idle"] = new()
        {
            ["tame"] = effort => Connect(effort, Ours.Parked.Connections),
            ["saea"] = effort => Connect(effort, Parked.EventArgs),
            ["stream"] = effort => Connect(effort, Parked.Streams),
            ["runtime-async-stream"] = effort => Connect(effort, Runtime.Parked.Streams),
        },
        ["guestbytes"] = new()
        {
            ["bare"] = effort => Bytes(effort.Million / 10, Ours.GuestMemory.Bare(effort.Million / 10)),
            ["used"] = effort => Bytes(effort.Million / 10, Ours.GuestMemory.Used(effort.Million / 10)),
            ["blocked"] = effort => Bytes(effort.Million / 10, Ours.GuestMemory.Blocked(effort.Million / 10)),
            ["channel"] = effort => Bytes(effort.Million / 10, ChannelMemory.Readers(effort.Million / 10)),
        },
        ["guestlives"] = new()
        {
            ["make"] = effort => new Measurement("", "", effort.Million / 5, "ms", Ours.GuestMemory.Make(effort.Million / 5)),
            ["idle"] = effort => new Measurement("", "", effort.Million / 5, "ms", Ours.GuestMemory.Idle(effort.Million / 5)),
            ["end"] = effort => new Measurement("", "", effort.Million / 5, "ms", Ours.GuestMemory.End(effort.Million / 5)),
        },
        ["probepause"] = new()
        {
            ["tame"] = effort => Pause(effort, isConcurrent: false),
            [Concurrent] = effort => Pause(effort, isConcurrent: true),
        },
        ["timers"] = new()
        {
            ["tame"] = effort => Fire(effort, Ours.Timers.Run),
            ["threading-timer"] = effort => Fire(effort, Timers.RunThreadingTimer),
            ["priority-queue"] = effort => Fire(effort, Timers.RunPriorityQueue),
        },
    };

    public static IEnumerable<string> Rows => s_rows.Keys;

    /// <summary>The sides of a row, or null.</summary>
    public static IEnumerable<string>? SidesOf(string row) => s_rows.GetValueOrDefault(row)?.Keys;

    /// <summary>One side; null where there is no such side.</summary>
    public static Measurement? Measure(string row, string side, Effort effort) =>
        s_rows.GetValueOrDefault(row)?.GetValueOrDefault(side)?.Invoke(effort) is { } measured ? measured with { Row = row, Side = side } : null;

    private static Measurement Keep(Effort effort, Func<int, double> park) => Bytes(effort.Million, park(effort.Million));

    /// <summary>Time of an operation where so many are outstanding: the median of a few rounds, of which the first does not count.</summary>
    private static Measurement Time(Effort effort, Action<int> run)
    {
        var rounds = new List<double>();
        for (var i = 0; i <= effort.Rounds; i++)
        {
            var clock = Stopwatch.StartNew();
            run(2 * effort.Million);
            rounds.Add(clock.Elapsed.TotalNanoseconds / (2 * effort.Million));
        }

        return new Measurement("", "", effort.Million, "ns", Turns.Median(rounds.Skip(1)));
    }

    private static Measurement Connect(Effort effort, Func<int[], int[], double> connect)
    {
        SocketPair.AllowDescriptors(2 * effort.Connections + 1_000);
        var (near, far) = Open(effort.Connections);
        return Bytes(near.Length, connect(near, far));
    }

    /// <summary>As many pairs as the process may open, with some descriptors left for the measuring itself.</summary>
    private static (int[] Near, int[] Far) Open(int count)
    {
        const int Spare = 50;
        var pairs = new List<(int Near, int Far)>();
        while (pairs.Count < count && SocketPair.Open() is { } pair) pairs.Add(pair);
        if (pairs.Count < count)
        {
            foreach (var (near, far) in pairs.TakeLast(Spare))
            {
                SocketPair.Close(near);
                SocketPair.Close(far);
            }

            pairs.RemoveRange(pairs.Count - Spare, Spare);
        }

        return ([.. pairs.Select(pair => pair.Near)], [.. pairs.Select(pair => pair.Far)]);
    }

    /// <summary>Processor time of the whole process in a round, for the clock on the wall would show the delays; the first rounds do not count.</summary>
    private static Measurement Fire(Effort effort, Action<TimeSpan[], int, Action> run)
    {
        var delays = Timers.Delays(effort.Million);
        var at = new List<TimeSpan>();
        run(delays, effort.WarmRounds + effort.Rounds, () => at.Add(Environment.CpuUsage.TotalTime));
        var rounds = at.Zip(at.Skip(1), (before, after) => (after - before).TotalNanoseconds / delays.Length).Skip(effort.WarmRounds - 1).Order().ToList();
        return new Measurement("", "", delays.Length, "ns", rounds[rounds.Count / 2]);
    }

    private static Measurement Pause(Effort effort, bool isConcurrent) =>
        new("", "", effort.Megabytes, "ms", Ours.ProbePause.Longest(effort.Megabytes, isConcurrent));

    private static Measurement Bytes(int at, double bytes) => new("", "", at, "bytes", Math.Round(bytes));
}

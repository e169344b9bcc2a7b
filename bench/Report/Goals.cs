namespace Tame.Benchmarks;

/// <summary>A row of the table: a number of ours, those of the peers that it is held against, and how far ahead it is meant to be.</summary>
/// <param name="What">What is measured.</param>
/// <param name="Row">Whose measurements: <see cref="Measurement.Row"/>.</param>
/// <param name="Metric">Which of them.</param>
/// <param name="Peers">The sides to compare with; the best of them counts.</param>
internal sealed record Goal(string What, string Row, string Metric, params string[] Peers)
{
    public string Ours { get; init; } = "tame";

    /// <summary>Ours over the best peer's: at most that, or at least that where more is better.</summary>
    public double? Ratio { get; init; }

    /// <summary>Ours is at most that.</summary>
    public double? AtMost { get; init; }

    /// <summary>Ours allocates nothing.</summary>
    public bool AllocatesNothing { get; init; }

    /// <summary>Whether the row has a goal.</summary>
    public bool IsGoal => Ratio is not null || AtMost is not null || AllocatesNothing;

    public bool MoreIsBetter => Metric.StartsWith("requests/", StringComparison.Ordinal);

    /// <summary>How many connections, where the row has several numbers of them.</summary>
    public int? At { get; init; }
}

/// <summary>The rows of the table. The goals follow from what prototypes measured, and were set before the rows were.</summary>
internal static class Goals
{
    private static readonly string[] s_servers = ["nginx", "kestrel"];

    public static IReadOnlyList<Goal> All { get; } =
    [
        new("one wait: `using (twait()) asap(mkevent())`", "ping", "ns", "async") { Ratio = 0.45, AllocatesNothing = true },
        new("one wait: `twait(e => asap(e))`, against that block", "starts", "ns", "block") { Ratio = 1, AllocatesNothing = true },
        new("a completed `Task`: `twait(task)`, against `await`", "completed", "ns", "async") { Ratio = 1, AllocatesNothing = true },
        new("the same for `Task<int>`", "completed", "ns", "async-result") { Ours = "tame-result", Ratio = 1, AllocatesNothing = true },
        new("the same for `ValueTask<int>`", "completed", "ns", "async-valuetask") { Ours = "tame-valuetask", Ratio = 1, AllocatesNothing = true },
        new("a block over 100 events, per event", "fan", "ns", "async") { Ratio = 0.22, AllocatesNothing = true },
        new("three calls deep, the innermost waits, values come back", "deep", "ns", "async") { Ratio = 0.38, AllocatesNothing = true },
        new("a call that does not wait", "calls", "ns", "async", "valuetask") { Ratio = 1, AllocatesNothing = true },
        new("a window of 64 over a rendezvous with ids", "window", "ns", "semaphore", "wheneach", "channel") { Ratio = 0.18 },
        new("a wait with a time limit, set and cancelled", "limited", "ns", "async") { Ratio = 0.3, AllocatesNothing = true },
        new("three calls deep, 100,000 outstanding", $"{Table.Curve}deep", "ns", "async") { Ratio = 1, At = 100_000 },
        new("a wait with a time limit, 100,000 outstanding", $"{Table.Curve}limited", "ns", "async") { Ratio = 0.35, At = 100_000 },
        new("three calls deep, a million outstanding", "deepmillion", "ns", "async") { Ratio = 1 },
        new("a wait with a time limit, a million outstanding", "limitedmillion", "ns", "async") { Ratio = 0.35 },
        new("a million timers set, half cancelled, half fired, processor time a timer", "timers", "ns", "threading-timer", "priority-queue") { Ratio = 0.6 },
        new("longest pause by a look for lost events, a heap of 1 GB, collector not concurrent", "probepause", "ms") { AtMost = 10 },
        new("the same where it is", "probepause", "ms") { Ours = "tame-concurrent", AtMost = 10 },
        new("trigger from another thread, 100 outstanding", "foreign", "ns", "async") { Ratio = 0.8 },
        new("a blocked call, a million of them", "parked", "bytes", "async") { Ratio = 1 },
        new("a blocked call, 100,000 of them", "parkedtenth", "bytes", "async") { Ratio = 1 },
        new("a byte there and back over a socket pair", "pingpong", "ns", "saea", "stream") { Ratio = 0.7 },
        new("an idle connection, 10,000 of them", "idle", "bytes", "saea", "stream") { Ratio = 0.9 },
        new("echo, 64 connections, 1 KB: processor time a message", "echo", "ns", "saea") { Ratio = 0.58, AllocatesNothing = true },
        new("the same against streams with inline completions", "echo", "ns", "stream-inline") { Ratio = 0.95, AllocatesNothing = true },
        new("the same with a time limit on each operation, against without", "echo", "ns", "tame") { Ours = "tame-limits", Ratio = 1.05, AllocatesNothing = true },
        new("an idle connection of that server, which waits without a buffer, 10,000 of them", "echo-idle", "bytes", "saea-empty") { Ours = "tame-empty", Ratio = 0.6 },
        new("the same with a buffer of 1 KB on both sides", "echo-idle", "bytes", "saea"),
        new("a line of 40 bytes: `TryReadLine`", "lines", "ns", "pipereader") { Ratio = 1, AllocatesNothing = true },
        new("4 KB of a cached file", "filereads", "ns", "pread") { Ratio = 1.15, AllocatesNothing = true },
        new("64 bytes from one connection in memory to another", "deliveries", "ns") { AtMost = 500 },
        new("a guest: a trigger from outside, and its turn", "guestturn", "ns", "task") { AtMost = 60, AllocatesNothing = true },
        new("a guest: `InvokeAsync` on the spot", "guestturn", "ns") { Ours = "invoke", AtMost = 60 },
        new("the same with one wait", "guestturn", "ns") { Ours = "invoke-wait", AtMost = 90 },
        new("a guest: `InvokeValueAsync` with a state, on the spot", "guestturn", "ns") { Ours = "invoke-value", AtMost = 60, AllocatesNothing = true },
        new("a ring of 10,000 guests on the thread pool, a hop", "guestring", "ns", "channels") { AtMost = 150, AllocatesNothing = true },
        new("a guest that has done nothing", "guestbytes", "bytes", "channel") { Ours = "bare", AtMost = 500 },
        new("a guest in which a call has waited", "guestbytes", "bytes", "channel") { Ours = "used", AtMost = 1_000 },
        new("a guest with a blocked call", "guestbytes", "bytes", "channel") { Ours = "blocked", AtMost = 1_000 },
        new("200,000 guests with a blocked call each: to make them", "guestlives", "ms") { Ours = "make" },
        new("the same, three idle seconds, processor time", "guestlives", "ms") { Ours = "idle", AtMost = 3 },
        new("the same, to end them", "guestlives", "ms") { Ours = "end" },
        new("a call of a grain in its silo, one after the other, against an async grain", "grain-call", "ns", "async") { Ratio = 1.1 },
        new("a call with one wait, 16 callers", "grain-wait", "ns", "async") { Ratio = 1 },
        new("lookups by other grains, ten at a time", "grain-lookups", "ns", "async") { Ratio = 1 },
        .. Against("Knot, 1 KB, 64 connections", "knot-1k", 64, "requests/s", 1.3, 1.7),
        .. Against("Knot, 1 KB, 512 connections", "knot-1k", 512, "requests/s", 1.3, 1.7),
        .. Against("Knot, 100 KB, 64 connections", "knot-100k", 64, "requests/s", 1, 1),
        .. Against("Knot, 1 KB, a new connection for each request, in a second of a core", "knot-new", 64, "requests/core s", 1.05, 1.67),
        .. new[] { "p50 us", "p99 us", "p99.9 us" }.Select(metric => new Goal($"Knot at half of its peak rate, 64 connections: {metric[..^3]}", "knot-half", metric, s_servers) { Ours = "knot", Ratio = 1 }),
        .. OnLoops(64, 0.56),
        .. OnLoops(512, 0.65),
        new("ASP.NET, plaintext by a tamed method on a loop with a thread, processor time a request, against an async method", "answers", "us", "async") { Ours = "loop", At = 64 },
        new("the same on a guest of the thread pool", "answers", "us", "async") { Ours = "strand", At = 64 },
        new("Knot by NativeAOT: memory under load", "knot-aot", "RSS MB", "kestrel-aot") { Ours = "knot-aot", AtMost = 8 },
        new("Knot by NativeAOT: start to first answer", "knot-aot", "start ms", "kestrel-aot") { Ours = "knot-aot", AtMost = 20 },
        new("a build after an edit, 1,000 methods: what a tamed method adds", "warmbuild", "ms") { AtMost = 2 },
    ];

    private static IEnumerable<Goal> OnLoops(int connections, double ratio) =>
    [
        new($"Kestrel on loops, plaintext, {connections} connections, processor time a request, against Kestrel's sockets", "kestrel", "us", "sockets") { Ratio = ratio, At = connections },
        new("the same, against its inline completions", "kestrel", "us", "inline") { Ratio = 0.9, At = connections },
    ];

    private static IEnumerable<Goal> Against(string what, string row, int connections, string metric, params double[] ratios) =>
        s_servers.Zip(ratios, (peer, ratio) => new Goal($"{what}, against {peer}", row, metric, peer) { Ours = "knot", Ratio = ratio, At = connections });
}

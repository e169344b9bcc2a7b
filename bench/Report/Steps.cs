using System.Globalization;

namespace Tame.Benchmarks;

/// <summary>All that the report measures, in order.</summary>
internal sealed class Steps(string root, string configuration, bool quick, string folder)
{
    private static readonly string[] s_micro = ["ping", "fan", "deep", "calls", "window", "limited", "foreign", "pingpong", "starts", "completed", "lines", "filereads", "deliveries", "guestturn", "guestring"];
    private static readonly string[] s_once = ["parked", "parkedtenth", "deepmillion", "limitedmillion", "idle", "timers", "probepause", "guestbytes", "guestlives"];
    private static readonly string[] s_curves = ["ping", "fan", "deep", "window", "limited", "foreign", "pingpong"];
    private static readonly string[] s_needed = ["bash", "curl", "perl", "taskset"];

    private int _files;

    public IEnumerable<Step> All() =>
    [
        .. s_micro.Select(row => Micro("--measure", row, quick ? 5 : 12)),
        .. s_once.Select(row => Micro("--measure", row, quick ? 5 : 10)),
        .. s_curves.Take(quick ? 1 : s_curves.Length).Select(row => Micro("--grow", row, quick ? 6 : 12) with { IsCurve = true }),
        .. Echo(),
        Grains(),
        .. Servers(),
        new("builds after an edit, tamed and async", quick ? 30 : 65, [Program("Tame.Generator.Benchmarks"), "--warm", quick ? "2" : "3", quick ? "100" : "1000"]),
    ];

    private Step Micro(string how, string row, int seconds) =>
        new($"{row}{(how == "--grow" ? " as it grows" : "")}", seconds, [Program("Tame.Benchmarks"), how, row, .. quick ? ["--quick"] : Array.Empty<string>()]);

    private IEnumerable<Step> Echo()
    {
        if (!Tools.Has("taskset")) yield break;
        var (load, idle) = (Path.Join(folder, "echo.tsv"), Path.Join(folder, "echo-idle.tsv"));
        string[] sides = ["tame", "tame-limits", "saea", "stream-inline"];
        yield return new Step("an echo server", quick ? 20 : 50, [Program("Echo"), "-n", quick ? "2" : "4", "-s", quick ? "1" : "2", "-t", load, .. sides], load);
        yield return new Step("idle connections of an echo server", 15, [Program("Echo"), "-i", quick ? "1000" : "10000", "-t", idle, "tame", "saea", "stream", "tame-empty", "saea-empty"], idle);
    }

    private Step Grains()
    {
        string file = Path.Join(folder, "grains.tsv");
        return new Step("grains of Orleans", quick ? 10 : 30, [Program("Orleans", "OrleansBench"), "-t", file, quick ? "3" : "15"], file);
    }

    private IEnumerable<Step> Servers()
    {
        string[] peers = Tools.Has("nginx") ? ["knot", "nginx", "kestrel"] : ["knot", "kestrel"];
        if (s_needed.Any(tool => !Tools.Has(tool))) yield break;
        if (Tools.Has("wrk"))
        {
            yield return quick ? Server("knot-1k", "Knot, 1 KB", peers, "-c", "64") : Server("knot-1k", "Knot, 1 KB, 1 to 4,000 connections", peers, "-c", "1 64 512 4000") with { Seconds = 70 };
            yield return Server("knot-100k", "Knot, 100 KB", peers, "-s", Text(100 * 1024));
        }

        yield return Server("knot-half", "Knot at half of its peak rate", peers, "-R", "half");
        if (Tools.Has("ab")) yield return Server("knot-new", "Knot, new connections", peers, "-n");

        if (Tools.Has("wrk"))
        {
            string file = Path.Join(folder, "kestrel.tsv");
            string[] command = ["bash", Path.Join(root, "bench/AspNetCore/run"), "-t", file, "-d", quick ? "1" : "3", "-r", quick ? "1" : "3", "-c", quick ? "64" : "64 512"];
            yield return new Step("Kestrel on loops", quick ? 35 : 105, command, file);
            string answers = Path.Join(folder, "answers.tsv");
            string[] withLoops = ["bash", Path.Join(root, "bench/AspNetCore/run"), "-t", answers, "-n", "answers", "-d", quick ? "1" : "3", "-r", quick ? "1" : "3", "-c", "64", "async", "loop", "strand"];
            yield return new Step("ASP.NET with tamed handlers", quick ? 30 : 55, withLoops, answers);
        }

        // Publishing is most of it, the first time.
        if (Tools.Has("wrk") && !quick) yield return Server("knot-aot", "Knot by NativeAOT", ["knot-aot", "kestrel-aot"], "-S", "5") with { Seconds = 60 };
    }

    private Step Server(string row, string name, string[] servers, params string[] options)
    {
        var (load, warmUp) = quick ? (1, 0) : (4, 8); // on its one core a .NET server has its final code after some six seconds of load
        var file = Path.Join(folder, $"{row}-{++_files}.tsv");
        string[] command = ["bash", Path.Join(root, "bench/Servers/run"), "-d", Text(load), "-w", Text(warmUp), "-t", file, "-r", row, .. options, .. servers];
        return new Step(name, (servers.Length * (load + warmUp + 2)) - (servers.Contains("nginx") && !quick ? warmUp - 1 : 0), command, file);
    }

    private string Program(string project, string? name = null) => Path.Join(root, "bench", project, "bin", configuration, "net10.0", name ?? project);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

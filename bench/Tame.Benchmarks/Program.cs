using System.Diagnostics;
using BenchmarkDotNet.Running;
using Tame.Benchmarks;
using Tame.Benchmarks.Rows;

const string RuntimeAsync = "DOTNET_RuntimeAsync", ConcurrentCollector = "DOTNET_gcConcurrent";

if (args is ["--loop", var name, .. var rest]) return PlainLoop.Run(name, rest);
if (args.Length == 0) return Usage();

// The runtime reads it as it starts; without it, the assembly that was compiled for the runtime's own async does not load.
if (Environment.GetEnvironmentVariable(RuntimeAsync) != "1") return RunAgain(args);

var effort = new Effort(args is [.., "--quick"]);
switch (args)
{
    case ["--measure", var row, ..] when Once.SidesOf(row) is { } sides:
        return sides.Max(side => RunAgain(["--once", row, side, .. args[2..]]));
    case ["--once", var row, var side, ..] when Once.Measure(row, side, effort) is { } measured: return Print([measured]);
    case ["--measure", var row, ..] when Row.Find(row) is { } type && Row.Make(type) is { IsMeasuredApart: true } apart:
        return apart.Sides().Keys.Max(side => RunAgain(["--side", row, side, .. args[2..]]));
    case ["--side", var row, var side, ..] when Row.Find(row) is { } type: return Print(Turns.Measure(Row.Make(type), effort.Turns, effort.Turn, side));
    case ["--measure", var row, ..] when Row.Find(row) is { } type:
        return Print(Row.Make(type) is { IsMeasuredInTurns: true } made ? Turns.Measure(made, effort.Turns, effort.Turn) : Benchmarks.Measure(type, effort));
    case ["--grow", var row, ..] when Row.Find(row) is { } type: return Print(Turns.Grow(type, effort));
    case ["--measure" or "--once" or "--side" or "--grow" or "--help", ..]: return Usage();
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Row).Assembly).Run(args, Benchmarks.ForCommandLine());
        return 0;
}

static int RunAgain(IEnumerable<string> args)
{
    // Started by `dotnet Tame.Benchmarks.dll`, the process is dotnet, and must be told again what to run.
    IEnumerable<string> own = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(Row).Assembly.Location] : [];
    using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, own.Concat(args))
    {
        Environment = { [RuntimeAsync] = "1", [ConcurrentCollector] = args.Contains(Once.Concurrent) ? "1" : "0" },
    })!;
    process.WaitForExit();
    return process.ExitCode;
}

static int Print(IEnumerable<Measurement> measurements)
{
    foreach (var measurement in measurements) Console.Out.WriteLine(measurement);
    return 0;
}

static int Usage()
{
    Console.Error.WriteLine($"""
        usage: Tame.Benchmarks --loop ROW[-SIDE] [SECONDS] [OUTSTANDING]
                 one side of one row, by default the side of Tame, as a plain loop for a profiler: --loop ping 5, --loop ping-async 5
               Tame.Benchmarks --measure ROW [--quick]
                 a row of the report, all sides, as lines for the report to read
               Tame.Benchmarks --grow ROW [--quick]
                 its sides with ever more waits outstanding
               Tame.Benchmarks --filter '*Ping*'
                 BenchmarkDotNet, with its own options
        rows with their sides:
        {string.Join('\n', PlainLoop.Names.Select(row => "  " + row))}
        rows without a loop: {string.Join(' ', Once.Rows)}
        """);
    return 1;
}

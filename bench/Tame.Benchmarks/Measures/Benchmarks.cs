using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;
using Tame.Benchmarks.Rows;

namespace Tame.Benchmarks;

/// <summary>A row by BenchmarkDotNet, in this process: the report starts one for each row, so rows do not meet, and the sides of one do.</summary>
internal static class Benchmarks
{
    public static IEnumerable<Measurement> Measure(Type type, Effort effort)
    {
        var row = Row.Make(type);
        var summary = BenchmarkRunner.Run(type, Config(effort).AddLogger(new StreamLogger(new StreamWriter(Console.OpenStandardError()) { AutoFlush = true })));
        foreach (var report in summary.Reports)
        {
            var (name, side) = (Row.NameOf(type), Row.NameOf(report.BenchmarkCase.Descriptor.WorkloadMethod));
            if (report.ResultStatistics is not { } statistics) throw new InvalidOperationException($"{name} of {side} gave no result; see above.");
            yield return new Measurement(name, side, row.Outstanding, "ns", statistics.Median);
            yield return new Measurement(name, side, row.Outstanding, "bytes", report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0);
        }
    }

    public static IConfig ForCommandLine() => Config(new Effort(IsQuick: false)).AddLogger(ConsoleLogger.Default);

    private static ManualConfig Config(Effort effort) => ManualConfig.CreateEmpty()
        .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance)
            .WithWarmupCount(effort.WarmUps).WithIterationCount(effort.Iterations).WithIterationTime(TimeInterval.FromMilliseconds(effort.Iteration.TotalMilliseconds)))
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .WithArtifactsPath(Path.Join(Path.GetTempPath(), "Tame.Benchmarks"));
}

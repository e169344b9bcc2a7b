using System.Diagnostics;

namespace Tame.Benchmarks;

/// <summary>Something to measure in a process of its own, and about how long it takes.</summary>
/// <param name="Name">What progress shows.</param>
/// <param name="Seconds">On a machine that has nothing else to do.</param>
/// <param name="Command">The program and its arguments.</param>
/// <param name="LinesFile">Where it writes its numbers; null where that is its standard output.</param>
internal sealed record Step(string Name, int Seconds, string[] Command, string? LinesFile = null)
{
    /// <summary>True where it measures the points of a curve, which are no row of the table.</summary>
    public bool IsCurve { get; init; }

    /// <summary>The numbers, and what the process said of a failure.</summary>
    public (IReadOnlyList<Measurement> Measured, string? Error) Run()
    {
        var start = new ProcessStartInfo(Command[0], Command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var talk = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var lines = LinesFile is null ? output.Split('\n') : File.Exists(LinesFile) ? File.ReadAllLines(LinesFile) : [];
        var error = process.ExitCode == 0 ? null : $"exit code {process.ExitCode}: {string.Join('\n', talk.Result.Split('\n').TakeLast(20))}";
        return ([.. lines.Select(Measurement.Parse).OfType<Measurement>().Select(m => IsCurve ? m with { Row = Table.Curve + m.Row } : m)], error);
    }
}

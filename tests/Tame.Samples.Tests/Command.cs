using System.Diagnostics;

namespace Tame.Samples.Tests;

/// <summary>A sample, run as its own process.</summary>
internal static class Command
{
    /// <summary>Starts a sample, named by one of its types.</summary>
    public static Process Start(Type sample, params string[] args) => Start("dotnet", [sample.Assembly.Location, .. args]);

    public static Process Start(string command, params string[] args) => Process.Start(new ProcessStartInfo(command, args)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    /// <summary>Runs a sample to its end.</summary>
    public static (int Exit, string Output, string Error) Run(Type sample, params string[] args)
    {
        using var process = Start(sample, args);
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(20_000), "It did not stop.");
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}

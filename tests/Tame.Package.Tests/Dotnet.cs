using System.Diagnostics;

namespace Tame.Package.Tests;

/// <summary>Runs the dotnet command as somebody would in a shell of their own: none of this test run's MSBuild settings, and a package folder apart.</summary>
internal static class Dotnet
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    public static Task<(int ExitCode, string Output)> RunAsync(string folder, string packages, params string[] arguments) =>
        RunAsync(folder, [("NUGET_PACKAGES", packages)], arguments);

    public static Task<(int ExitCode, string Output)> RunAsync(string folder, (string Name, string Value)[] environment, params string[] arguments) =>
        FinishAsync(Start("dotnet", folder, environment, arguments));

    public static Task<(int ExitCode, string Output)> RunProgramAsync(string program) => FinishAsync(Start(program));

    /// <summary>Starts the command, which goes on until it is ready or killed.</summary>
    public static Process Start(string folder, (string Name, string Value)[] environment, params string[] arguments) => Start("dotnet", folder, environment, arguments);

    /// <summary>Starts a program that runs on: the caller reads what it says, and ends it.</summary>
    public static Process Start(string program) => Start(program, Path.GetDirectoryName(program)!, []);

    private static Process Start(string program, string folder, (string Name, string Value)[] environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(IsOurs).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        // No server outlives the test: neither a build node nor a compiler that remembers another generator.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        return Process.Start(start)!;
    }

    private static async Task<(int ExitCode, string Output)> FinishAsync(Process started)
    {
        using var process = started;
        using var limit = new CancellationTokenSource(s_limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static bool IsOurs(string variable) =>
        variable.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || variable.StartsWith("TESTINGPLATFORM", StringComparison.OrdinalIgnoreCase);
}

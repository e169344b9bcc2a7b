using System.Diagnostics;

namespace Tame.Runtime.Tests;

/// <summary>Runs a class of these tests in a process of its own, where it finds its role in an environment variable.</summary>
internal static class Child
{
    private const string RoleVariable = "TAME_TEST_ROLE";

    /// <summary>What this process is to do; null in the one that runs all tests.</summary>
    public static string? Role => Environment.GetEnvironmentVariable(RoleVariable);

    /// <summary>Runs the class in that role, through a shell that does something first.</summary>
    /// <returns>The exit code, which is zero where all tests passed and 128 and the signal's number where one ended it; and what it printed.</returns>
    public static (int ExitCode, string Output) Run(Type tests, string role, string first = ":")
    {
        var start = new ProcessStartInfo("sh") { RedirectStandardOutput = true };
        string[] arguments = ["-c", $"{first}; \"$0\" \"$@\"", .. Command(), "--filter-class", tests.FullName!];
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment[RoleVariable] = role;
        using var child = Process.Start(start)!;
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return (child.ExitCode, output);
    }

    private static IEnumerable<string> Command()
    {
        yield return Environment.ProcessPath!;
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            yield return typeof(Child).Assembly.Location;
    }
}

using System.Diagnostics;

namespace Tame.Runtime.Tests;

/// <summary>Runs a class of these tests in a separate process, where an environment variable contains its role.</summary>
internal static class Child
{
    private const string RoleVariable = "TAME_TEST_ROLE";

    /// <summary>The task of this process. Null in the process that runs all tests.</summary>
    public static string? Role => Environment.GetEnvironmentVariable(RoleVariable);

    /// <summary>Runs the class in that role, through a shell that first runs a command.</summary>
    /// <returns>The exit code, which is zero if all tests passed and 128 plus the signal's number if one ended it; and the output.</returns>
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

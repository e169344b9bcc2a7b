using System.ComponentModel;
using System.Diagnostics;
using Tame.IO.Tests.Streams;

namespace Tame.IO.Tests.Impairing;

/// <summary>Programs in a network namespace whose loopback device delays, loses and reorders packets, by the kernel's netem.</summary>
[Collection(nameof(Alone))]
public sealed class EmulatedNetworkTests
{
    /// <summary>What a shell says of a command that does not exist.</summary>
    private const int NotFound = 127;

    [Theory]
    [InlineData("delay 1ms 1ms")]
    [InlineData("delay 1ms loss 1%")]
    [InlineData("delay 2ms reorder 25% 50%")]
    public void Programs_over_a_bad_network_end_as_they_do_in_memory(string emulation)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "This needs network namespaces, as Linux has.");
        string space = $"tame-{Guid.NewGuid():N}";
        Require("a user who may make network namespaces", "ip", "netns", "add", space);
        try
        {
            Require("network namespaces with a loopback device", "ip", "-n", space, "link", "set", "lo", "up");
            Require("a kernel with netem", "tc", ["-n", space, "qdisc", "add", "dev", "lo", "root", "netem", .. emulation.Split(' ')]);
            var (code, output) = Run("ip", "netns", "exec", space, "dotnet", typeof(EmulatedNetworkTests).Assembly.Location, "peer", "talk", "10");
            Assert.Equal((0, "10 schedules and dialogs are right"), (code, output));
        }
        finally
        {
            _ = Run("ip", "netns", "delete", space);
        }
    }

    private static void Require(string what, string command, params string[] arguments)
    {
        var (code, output) = Run(command, arguments);
        Assert.SkipUnless(code != NotFound, $"This needs {command}, which is not installed.");      // .ci/run looks for these words
        Assert.SkipUnless(code == 0, $"This needs {what}: {command} says '{output}'.");
    }

    private static (int Code, string Output) Run(string command, params string[] arguments)
    {
        var start = new ProcessStartInfo("sh", ["-c", "exec \"$@\" 2>&1", "sh", command, .. arguments]) { RedirectStandardOutput = true };
        try
        {
            using var process = Process.Start(start)!;
            string output = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return (process.ExitCode, output);
        }
        catch (Win32Exception error)
        {
            return (-1, error.Message);
        }
    }
}

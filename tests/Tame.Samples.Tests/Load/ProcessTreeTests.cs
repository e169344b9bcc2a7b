using Tame.Load;

namespace Tame.Samples.Tests.LoadGenerator;

/// <summary>What a server's processes use.</summary>
public sealed class ProcessTreeTests
{
    [Fact]
    public void The_files_of_a_process_are_read_whatever_its_name_is()
    {
        const string Stat = "42 (a) S 1 (x) R 1 42 42 0 -1 4194304 1 2 3 4 100 50 7 3 20 0 5 0 99 1000 200";
        const string Status = "Name:\ta\nVmSize:\t    2048 kB\nVmRSS:\t     512 kB\nThreads:\t5\n";
        Assert.Equal(new ProcessUsage(TimeSpan.FromSeconds(1.6), 512 * 1024, 2048 * 1024, 5, 1), ProcessTree.Parse(Stat, Status));
        Assert.Null(ProcessTree.Parse("", ""));
    }

    [Fact]
    public void This_process_uses_something_and_its_children_count()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "This needs /proc.");
        using var child = Command.Start("sleep", "60");
        try
        {
            Assert.Contains(child.Id, ProcessTree.Of(Environment.ProcessId));
            var (alone, both) = (ProcessTree.Usage(child.Id), ProcessTree.Usage(Environment.ProcessId));
            Assert.Equal((1, 1), (alone.Processes, alone.Threads));
            Assert.True(both.Processes > 1 && both.Resident > alone.Resident && both.Processor > TimeSpan.Zero);
            Assert.True(ProcessTree.Proportional(Environment.ProcessId) > 0);
        }
        finally
        {
            child.Kill();
        }
    }
}

namespace Tame.IO.Tests.Connections;

/// <summary>
/// Random schedules of both ends of a connection: no byte is lost, duplicated or reordered through any mix of time limits, half-closes and aborts. `TAME_SCHEDULES` says how many.
/// </summary>
public sealed class ScheduleTests
{
    private static readonly int s_schedules = int.Parse(Environment.GetEnvironmentVariable("TAME_SCHEDULES") ?? "2000", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void What_is_received_is_what_was_sent_in_memory()
    {
        int clean = 0, cut = 0, late = 0;
        for (int seed = 1; seed <= s_schedules; seed++)
        {
            var schedule = new Schedule(seed);
            var network = new MemoryNetwork(new MemoryNetworkOptions { BufferSize = schedule.Random.Next(1, 5000) });
            EventLoop.Run(schedule.Run, new EventLoopOptions { Network = network, VirtualTime = true });
            schedule.Check();
            clean += schedule.Clean;
            cut += schedule.Cut;
            late += schedule.Late;
        }
        // The schedules reach what they are for.
        Assert.True(clean > s_schedules / 2 && cut > s_schedules / 20 && late > s_schedules / 2, $"{clean} clean, {cut} cut off, {late} time limits");
    }

    [Theory]
    [InlineData(Networks.System)]
    [InlineData(Networks.Portable)]
    public void What_is_received_is_what_was_sent(string network)
    {
        for (int seed = 1; seed <= 40; seed++)
        {
            var schedule = new Schedule(seed);
            Networks.Run(network, schedule.Run);
            schedule.Check();
        }
    }
}

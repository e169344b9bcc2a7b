using System.Globalization;
using Tame.IO.Tests.Connections;
using Tame.IO.Tests.Peers;

namespace Tame.IO.Tests.Impairing;

/// <summary>Programs whose connections pass through a proxy that delays, cuts and resets them, in virtual time. `TAME_DIALOGS` says how many.</summary>
public sealed class ImpairedTests
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(1);
    private static readonly int s_dialogs = int.Parse(Environment.GetEnvironmentVariable("TAME_DIALOGS") ?? "300", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(nameof(Fault.None))]
    [InlineData(nameof(Fault.Stall))]
    [InlineData(nameof(Fault.Cut))]
    [InlineData(nameof(Fault.Reset))]
    public void Dialogs_end_as_they_do_without_the_proxy_or_each_side_is_told(string fault)
    {
        int struck = 0, whole = 0;
        for (int seed = 1; seed <= s_dialogs; seed++)
        {
            var random = new Random(seed);
            var how = Impairments.Of(random, Enum.Parse<Fault>(fault), s_longest);
            var dialogs = new Dialogs(seed, how);
            EventLoop.Run(dialogs.Run, Memory(random));
            struck += dialogs.Struck;
            whole += dialogs.Struck == 0 ? 1 : 0;
            DialogChecks.Check(seed, how, dialogs);
        }
        if (fault is nameof(Fault.Cut) or nameof(Fault.Reset))
            Assert.True(struck > s_dialogs / 2 && whole > s_dialogs / 20, $"{struck} struck, {whole} whole");
    }

    [Theory]
    [InlineData(nameof(Fault.None))]
    [InlineData(nameof(Fault.Stall))]
    [InlineData(nameof(Fault.Cut))]
    [InlineData(nameof(Fault.Reset))]
    public void What_is_received_is_what_was_sent(string fault)
    {
        int clean = 0, struck = 0;
        for (int seed = 1; seed <= s_dialogs; seed++)
        {
            var random = new Random(seed);
            var schedule = new Schedule(seed, Impairments.Of(random, Enum.Parse<Fault>(fault), TimeSpan.FromMilliseconds(3)));
            EventLoop.Run(schedule.Run, Memory(random));
            schedule.Check();
            clean += schedule.Clean;
            struck += schedule.Struck;
        }
        Assert.True(clean > s_dialogs / 3, $"{clean} clean, {struck} struck");
        if (fault is nameof(Fault.Cut) or nameof(Fault.Reset))
            Assert.True(struck > s_dialogs / 5, $"{clean} clean, {struck} struck");
    }

    [Fact]
    public void The_same_seed_gives_the_same_run()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            var runs = new List<(string, string, int, TimeSpan)>();
            for (int i = 0; i < 2; i++)
            {
                var random = new Random(seed);
                var dialogs = new Dialogs(seed, Impairments.Of(random, Fault.Reset, s_longest));
                TimeSpan taken = default;
                EventLoop.Run(
                    done =>
                    {
                        var clock = EventLoop.Current!.TimeProvider;
                        long start = clock.GetTimestamp();
                        done.OnComplete(_ => taken = clock.GetElapsedTime(start), null);
                        dialogs.Run(done);
                    },
                    Memory(random));
                runs.Add((string.Concat(dialogs.Answers), string.Join(' ', dialogs.Ends), dialogs.Struck, taken));
            }
            Assert.Equal(runs[0], runs[1]);
        }
    }

    private static EventLoopOptions Memory(Random random) => new()
    {
        Network = new MemoryNetwork(new MemoryNetworkOptions { BufferSize = random.Next(1, 70_000) }),
        VirtualTime = true,
    };
}

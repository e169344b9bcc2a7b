using System.Diagnostics;
using static Tame.Primitives;

namespace Tame.Runtime.Tests.Observing;

public sealed class StatisticsTests
{
    [Fact]
    public void Calls_events_timers_and_what_is_ready_are_counted()
    {
        LoopStatistics? start = null, waiting = null, end = null;
        EventLoop.Run(
            done =>
            {
                var loop = EventLoop.Current!;
                start = loop.Statistics;
                Call.Blocks(
                    done,
                    c =>
                    {
                        timer(TimeSpan.FromHours(1), c.Make(1));
                        timer(TimeSpan.FromHours(2), c.Make(2));
                        loop.Post(() => { });
                        loop.Post(() => waiting = loop.Statistics);
                        loop.Post(() => { });
                    },
                    _ => end = loop.Statistics);
            },
            Loops.Virtual);
        Assert.Equal((0, 0, 1, 0, 0, 0), Counts(start!));       // main's event
        Assert.Equal((1, 1, 3, 0, 2, 1), Counts(waiting!));
        Assert.Equal((1, 0, 3, 2, 0, 0), Counts(end!));
    }

    [Fact]
    public void Waits_for_descriptors_are_counted()
    {
        using var pair = new System.IO.Pipes.AnonymousPipeServerStream(System.IO.Pipes.PipeDirection.Out);
        int count = 0;
        Loops.RunBlocks(
            c =>
            {
                var readable = c.Make(1);
                wait_on_fd((int)pair.ClientSafePipeHandle.DangerousGetHandle(), FdEvents.Read, readable);
                count = EventLoop.Current!.Statistics.DescriptorWaits;
                pair.WriteByte(1);
            });
        Assert.Equal(1, count);
    }

    [Fact]
    public void Losses_are_counted_and_the_last_are_kept_with_their_lines()
    {
        LoopStatistics? seen = null;
        EventLoop.Run(
            done => Call.Start(
                c =>
                {
                    if (c.State == 40)
                    {
                        Assert.Throws<LostEventException>(c.EndBlockOrThrow);
                        seen = EventLoop.Current!.Statistics;
                        c.Done.Trigger();
                        return;
                    }
                    if (c.State != 0)
                        Assert.Throws<LostEventException>(c.EndBlockOrThrow);
                    c.EnterBlock();
                    Drop(c);
                    Assert.False(c.BlockDone(c.State + 1));
                },
                done),
            Loops.Virtual);
        Assert.Equal(80, seen!.EventsLost);
        Assert.Equal(Enumerable.Range(108, 32), seen.LastLosses.Select(loss => loss.Line));
        Assert.All(seen.LastLosses, loss => Assert.Equal("Call.cs", loss.File));
    }

    [Fact]
    public void A_loop_is_busy_while_it_runs_and_not_while_it_sleeps()
    {
        TimeSpan before = default, spun = default, slept = default, sinceSpun = default;
        long spunAt = 0;
        using var loop = new EventLoop(new EventLoopOptions { Name = "mine" });
        loop.Post(() =>
        {
            before = loop.Statistics.Busy;
            Thread.Sleep(50);
            spun = loop.Statistics.Busy;
            spunAt = Stopwatch.GetTimestamp();
        });
        Call.Blocks(
            default,
            c => timer(TimeSpan.FromMilliseconds(300), c.Make(1)),
            _ =>
            {
                sinceSpun = Stopwatch.GetElapsedTime(spunAt);
                slept = loop.Statistics.Busy;
                loop.Stop();
            });
        loop.Run();
        Assert.True(spun - before >= TimeSpan.FromMilliseconds(50), $"{spun} - {before}");
        Assert.InRange(slept - spun, TimeSpan.Zero, sinceSpun - TimeSpan.FromTicks(1));     // it slept for part of that time
        var end = loop.Statistics.Busy;
        Assert.Equal(end, loop.Statistics.Busy);        // the run is over
        Assert.Equal("mine", loop.Statistics.Name);
    }

    [Fact]
    public void Another_thread_may_ask_at_any_time()
    {
        long made = 0;
        bool stop = false;
        EventLoop? loop = null;
        var reader = new Thread(() =>
        {
            while (!Volatile.Read(ref stop))
            {
                if (Volatile.Read(ref loop) is not { } seen)
                    continue;
                var statistics = seen.Statistics;
                Assert.True(statistics.EventsMade >= made);
                Assert.InRange(statistics.Busy, TimeSpan.Zero, TimeSpan.FromMinutes(5));
                made = statistics.EventsMade;
            }
        });
        reader.Start();
        EventLoop.Run(done =>
        {
            Volatile.Write(ref loop, EventLoop.Current);
            Call.Blocks(done, [.. Enumerable.Repeat<Action<Call>>(MakeSome, 20_000)]);
        });
        Volatile.Write(ref stop, true);
        Assert.True(reader.Join(Loops.Hang));
        var end = loop!.Statistics;
        Assert.Equal((100_001, 100_001), (end.EventsMade, end.EventsCompleted));     // with the loop's own event
    }

    /// <summary>Five events. A block takes several numbers at once from the loop, and does not use all of them.</summary>
    private static void MakeSome(Call c)
    {
        for (int i = 0; i < 5; i++)
            asap(c.Make(1));
    }

    private static (int Live, int Blocked, long Made, long Completed, int Timers, int Ready) Counts(LoopStatistics statistics) =>
        (statistics.LiveCalls, statistics.BlockedCalls, statistics.EventsMade, statistics.EventsCompleted, statistics.Timers, statistics.ReadyLength);

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Drop(Call c)
    {
        c.Make(100 + c.State);
        c.Make(200 + c.State);
    }
}

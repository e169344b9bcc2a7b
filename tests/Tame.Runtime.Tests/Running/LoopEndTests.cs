using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame.Runtime.Tests.Running;

/// <summary>What other loops and threads receive from a loop that ends: a test for each row of the table in docs/runtime.md.</summary>
public sealed class LoopEndTests
{
    /// <summary>How a hook reaches an event whose loop ends.</summary>
    public static TheoryData<string> Ways => ["own thread", "other thread", "in the inbox", "after the end"];

    [Theory]
    [MemberData(nameof(Ways))]
    public void At_trigger_triggers_an_event_of_another_loop(string way) =>
        RunOther(c => End(way, c.Make(1), (e, told) => e.AtTrigger(told)));

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_timeout_tells_in_time_of_another_loop_that_it_was(string way)
    {
        Call? asked = null;
        RunOther(c =>
        {
            asked = c;
            End(way, c.Make(c.Slot(ref c.InTime), 1), (e, told) => e.WithTimeout(TimeSpan.FromHours(1), told));
        },
        c => Assert.True(c.InTime));
        Assert.NotNull(asked);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void On_complete_is_called(string way) => RunOther(c => End(way, c.Make(1), (e, told) => e.OnComplete(_ => told.Trigger(), null)));

    [Theory]
    [MemberData(nameof(Ways))]
    public void The_token_of_an_event_is_cancelled(string way) =>
        RunOther(c => End(way, c.Make(1), (e, told) => e.Token.Register(() => told.Trigger())));

    [Theory]
    [InlineData("own thread")]
    [InlineData("other thread")]
    [InlineData("in the inbox")]
    public void Started_work_is_cancelled(string way) => RunOther(c => End(way, c.Make(1), (e, told) => e.Start(token =>
    {
        token.Register(() => told.Trigger());
        return Task.Delay(Timeout.Infinite, token);
    })));

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_number_for_c_code_leads_nowhere(string way)
    {
        nint handle = 0;
        End(way, 0, (e, _) => handle = e.ToHandle());
        Assert.Equal(default, Event.FromHandle(handle));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_sum_of_its_events_on_another_loop_is_complete(string way) => RunOther(
        c => End(way, c.Make(1), (e, told) => (e + e).AtTrigger(told), c.Loop!),
        c => Primitives.asap(c.Make(1)));

    [Fact]
    public void A_sum_on_another_loop_learns_that_its_events_have_completed()
    {
        RunOther(c =>
        {
            var told = c.Make(1);
            Event first = default, second = default;
            using var made = new ManualResetEventSlim();
            using var summed = new ManualResetEventSlim();
            new Thread(() => EventLoop.Run(done => Call.Blocks(done, inner =>
            {
                (first, second) = (inner.Make(1), inner.Make(1));
                made.Set();
                summed.Wait(Loops.Hang);
                Assert.True(first.Trigger() && second.Trigger());
            }))).Start();
            Assert.True(made.Wait(Loops.Hang));
            var sum = first + second;
            sum.AtTrigger(told);
            c.Held = sum;
            summed.Set();
        });
    }

    [Theory]
    [InlineData("sum")]
    [InlineData("sum with a value")]
    [InlineData("bind")]
    [InlineData("map")]
    [InlineData("timer")]
    [InlineData("asap")]
    [InlineData("descriptor")]
    public void What_only_holds_an_event_of_another_loop_drops_it(string holder)
    {
        var kept = new List<object>();
        Assert.Throws<LostEventException>(() => EventLoop.Run(done => Call.Blocks(done, c => GiveToEndingLoop(c, holder, kept))));
        GC.KeepAlive(kept);
    }

    [Theory]
    [InlineData("own thread")]
    [InlineData("in the inbox")]
    [InlineData("under way")]
    public void The_task_of_an_invoked_call_is_cancelled(string way)
    {
        Task? task = null;
        object? kept = null;
        Loops.OnThread(() =>
        {
            using var loop = new EventLoop();
            if (way == "in the inbox")
                Loops.OnThread(() => task = loop.InvokeAsync(e => kept = e, TestContext.Current.CancellationToken));
            else
                task = loop.InvokeAsync(e => kept = e, TestContext.Current.CancellationToken);
            if (way == "under way")
                loop.RunOnce();
        });
        Assert.True(SpinWait.SpinUntil(() => task!.IsCanceled, Loops.Hang));
        Assert.Equal(way == "under way", kept is not null);
    }

    [Fact]
    public void A_call_cannot_be_invoked_or_posted_after_the_end()
    {
        var loop = Ended();
        Assert.IsType<ObjectDisposedException>(loop.InvokeAsync(_ => { }, TestContext.Current.CancellationToken).Exception!.InnerException);
        Assert.IsType<ObjectDisposedException>(loop.InvokeAsync<int>(_ => { }, TestContext.Current.CancellationToken).Exception!.InnerException);
        Assert.Throws<ObjectDisposedException>(() => loop.Post(() => { }));
    }

    [Theory]
    [InlineData("own thread")]
    [InlineData("in the inbox")]
    public void A_posted_action_does_not_run_and_the_event_source_tells(string way)
    {
        using var traced = new Traced();
        Loops.OnThread(() =>
        {
            using var loop = new EventLoop();
            if (way == "own thread")
                loop.Post(NeverRuns);
            else
                Loops.OnThread(() => loop.Post(NeverRuns));
        });
        Assert.Contains(traced.Told, text => text.StartsWith("Dropped", StringComparison.Ordinal) && text.Contains(nameof(NeverRuns), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Triggering_its_events_returns_false(string way) => End(way, 0, (e, _) =>
    {
        if (way == "after the end")
            Assert.False(e.Trigger() || e.Fail(new InvalidOperationException()) || e.Unblock() || e.IsPending);
    });

    [Fact]
    public void Run_throws_after_a_stop_with_and_without_a_value()
    {
        Event kept = default;
        Event<int> keptToo = default;
        Assert.Throws<OperationCanceledException>(() => EventLoop.Run(done =>
        {
            kept = done;
            EventLoop.Current!.Stop();
        }));
        Assert.Throws<OperationCanceledException>(() => EventLoop.Run<int>(done =>
        {
            keptToo = done;
            EventLoop.Current!.Stop();
        }));
        Assert.False(kept.IsPending || keptToo.IsPending);
    }

    [Fact]
    public void Run_returns_when_main_completes_in_the_pass_that_stops_the_loop()
    {
        EventLoop.Run(done =>
        {
            EventLoop.Current!.Stop();
            done.Trigger();
        });
        Assert.Equal(7, EventLoop.Run<int>(done =>
        {
            EventLoop.Current!.Stop();
            done.Trigger(7);
        }));
    }

    /// <summary>A call of another loop, which waits for something from the ending loop.</summary>
    private static void RunOther(params Action<Call>[] blocks) => EventLoop.Run(done => Call.Blocks(done.WithTimeout(Loops.Hang), blocks));

    /// <summary>Ends a loop with a pending event without a waiter, after a hook was added to it in that way.</summary>
    private static void End<TTold>(string way, TTold told, Action<Event, TTold> hook, EventLoop? hooksLoop = null)
    {
        Event pending = default;
        void Hook() => hook(pending, told);
        using var hooked = new ManualResetEventSlim();
        var thread = new Thread(() =>
        {
            var loop = new EventLoop();
            Call.Blocks(default, c => pending = c.Make(new Rendezvous(), 1));
            if (way == "own thread" && hooksLoop is null)
                Hook();
            else if (way != "after the end")
                HookElsewhere(hooksLoop, Hook);
            if (way == "other thread")
                loop.RunOnce();
            loop.Dispose();
            if (way == "after the end")
                HookElsewhere(hooksLoop, Hook);
        });
        thread.Start();
        if (hooksLoop is null)
            Assert.True(thread.Join(Loops.Hang), "The ending loop hangs.");
    }

    private static void HookElsewhere(EventLoop? hooksLoop, Action hook)
    {
        if (hooksLoop is not null)
        {
            using var done = new ManualResetEventSlim();
            hooksLoop.Post(() =>
            {
                hook();
                done.Set();
            });
            Assert.True(done.Wait(Loops.Hang));
            return;
        }
        Loops.OnThread(() =>
        {
            using var loop = new EventLoop();
            hook();
        });
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void GiveToEndingLoop(Call c, string holder, List<object> kept)
    {
        var given = c.Make(c.Slot(ref c.A), 1);
        Loops.OnThread(() =>
        {
            var loop = new EventLoop();
            kept.Add(loop);
            Give(given, holder, kept);
            loop.Dispose();
        });
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Give(Event<int> given, string holder, List<object> kept)
    {
        var plain = given.Unblocker;
        switch (holder)
        {
            case "sum":
                kept.Add(plain + plain);
                break;
            case "sum with a value":
                kept.Add(given + given);
                break;
            case "bind":
                kept.Add(given.Bind(1));
                break;
            case "map":
                kept.Add(given.Map((string text) => text.Length));
                break;
            case "timer":
                Primitives.timer(TimeSpan.FromHours(1), plain);
                break;
            case "asap":
                Primitives.asap(plain);
                break;
            default:
                var (reader, writer) = IO.Posix.Pipe();       // closed with the process: the wait on the reader must not end by itself
                kept.Add((reader, writer));
                Primitives.wait_on_fd(reader, FdEvents.Read, plain);
                break;
        }
    }

    private static EventLoop Ended()
    {
        EventLoop? loop = null;
        Loops.OnThread(() => (loop = new EventLoop()).Dispose());
        return loop!;
    }

    private static void NeverRuns() => Assert.Fail("The loop has ended.");
}

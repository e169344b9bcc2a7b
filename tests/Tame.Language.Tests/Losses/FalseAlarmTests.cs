#pragma warning disable TAME060 // whoever forgets an event is told when it is lost
using System.IO.Pipes;

namespace Tame.Language.Tests.Losses;

/// <summary>
/// Events that somebody can still trigger, on a real clock, while a thread collects without end: none of them is ever called lost. Run, as
/// <see cref="LossTests"/> is, in every kind of build.
/// </summary>
public sealed partial class FalseAlarmTests
{
    private static readonly TimeSpan s_while = TimeSpan.FromMilliseconds(150);

    public static TheoryData<string, Action<Event>> Holders => new()
    {
        { "a timer", e => timer(s_while, e) },
        { "a timeout", Expire },
        { "a pass of asap", asap },
        { "a task", e => Task.Delay(s_while).Trigger(e) },
        { "a task that holds the handle", e => _ = TriggerLater(e) },
        { "another thread", e => new Thread(() => Sleep(e)).Start() },
        { "a thread pool timer", e => Use(new Timer(state => ((Event)state!).Trigger(), e, s_while, Timeout.InfiniteTimeSpan)) },
        { "an object of the user", Keep },
        { "an event's AtTrigger", Chain },
        { "a sum, a map and a bind", Adapt },
        { "another tamed call", Pass },
        { "an event of another loop", OtherLoop },
        { "a posted action", e => EventLoop.Current!.Post(() => timer(s_while, e)) },
        { "a descriptor", Read },
    };

    [Theory]
    [MemberData(nameof(Holders), DisableDiscoveryEnumeration = true)]
    public void An_event_is_not_lost_while_it_is_held_by(string holder, Action<Event> give)
    {
        using var over = new CancellationTokenSource();
        var collector = new Thread(() => CollectUntil(over.Token));
        collector.Start();
        try
        {
            EventLoop.Run(done => WaitFor(give, done));
        }
        finally
        {
            over.Cancel();
            collector.Join();
        }
        Assert.NotEmpty(holder);
    }

    [Tamed] private static partial void WaitFor(Action<Event> give, Event done);

    private static void WaitForBody(Action<Event> give, Event done)
    {
        using (twait()) give(mkevent());
        var rendezvous = new Rendezvous();
        give(mkevent(rendezvous));
        twait(rendezvous);
        using (twait()) give(mkevent(out int _).Unblocker);
        done.Trigger();
    }

    [Fact]
    public void A_cycle_of_waits_is_no_loss_and_Blocked_names_its_calls()
    {
        IReadOnlyList<BlockedCall> blocked = [];
        EventLoop.Run(done => WatchCycle(calls => blocked = calls, done));
        var call = Assert.Single(blocked, call => call.Method.EndsWith(nameof(Cycle), StringComparison.Ordinal));
        Assert.Equal(s_cycleLine, call.Line);
        Assert.EndsWith("FalseAlarmTests.cs", call.File, StringComparison.Ordinal);
        Assert.True(call.Since > TimeSpan.Zero);
    }

    private static int s_cycleLine;

    [Tamed] private static partial void WatchCycle(Action<IReadOnlyList<BlockedCall>> show, Event done);

    private static void WatchCycleBody(Action<IReadOnlyList<BlockedCall>> show, Event done)
    {
        Cycle(Event.Detached);
        for (var i = 0; i < 10; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            using (twait()) timer(TimeSpan.FromMilliseconds(20), mkevent());
        }

        show(EventLoop.Current!.Blocked);
        done.Trigger();
    }

    [Tamed] private static partial void Cycle(Event done);

    private static void CycleBody(Event done)
    {
        var rendezvous = new Rendezvous();
        var own = mkevent(rendezvous);
        s_cycleLine = Line() + 1;
        twait(rendezvous);
        own.Trigger();
        done.Trigger();
    }

    private static int Line([System.Runtime.CompilerServices.CallerLineNumber] int line = 0) => line;

    [Tamed] private static partial void Pass(Event done);

    private static void PassBody(Event done)
    {
        using (twait()) timer(s_while, mkevent());
        done.Trigger();
    }

    [Tamed] private static partial void Expire(Event done);

    private static void ExpireBody(Event done)
    {
        bool inTime;
        var never = new Rendezvous();
        using (twait()) mkevent(never).WithTimeout(s_while, mkevent(out inTime));
        never.Cancel();
        if (!inTime) done.Trigger();
    }

    [Tamed] private static partial void Chain(Event done);

    private static void ChainBody(Event done)
    {
        var rendezvous = new Rendezvous();
        var first = mkevent(rendezvous);
        first.AtTrigger(done);
        done = default;
        timer(s_while, first);
        first = default;
        twait(rendezvous);
    }

    [Tamed] private static partial void Adapt(Event done);

    private static void AdaptBody(Event done)
    {
        using (twait())
        {
            var mapped = mkevent(out int _).Map((string text) => text.Length);
            timer(s_while, mapped.Bind("three") + mkevent());
        }

        done.Trigger();
    }

    [Tamed] private static partial void Read(Event done);

    private static void ReadBody(Event done)
    {
        var server = new AnonymousPipeServerStream(PipeDirection.Out);
        var client = new AnonymousPipeClientStream(PipeDirection.In, server.ClientSafePipeHandle);
        new Thread(() => Write(server)).Start();
        using (twait()) wait_on_fd(client.SafePipeHandle, FdEvents.Read, mkevent());
        client.Dispose();
        done.Trigger();
    }

    private static readonly List<object> s_kept = [];

    private static void Keep(Event e)
    {
        var holder = new object[] { e };
        timer(s_while, Event.Detached);
        new Thread(() =>
        {
            Thread.Sleep(s_while);
            lock (s_kept) ((Event)holder[0]).Trigger();
        }).Start();
        lock (s_kept) s_kept.Add(holder);
    }

    private static void OtherLoop(Event e) => new Thread(() => EventLoop.Run(done =>
    {
        done.AtTrigger(e);
        timer(s_while, done);
    })).Start();

    private static async Task TriggerLater(Event e)
    {
        await Task.Delay(s_while).ConfigureAwait(false);
        e.Trigger();
    }

    private static void Sleep(Event e)
    {
        Thread.Sleep(s_while);
        e.Trigger();
    }

    private static void Write(AnonymousPipeServerStream pipe)
    {
        Thread.Sleep(s_while);
        pipe.WriteByte(1);
        pipe.Dispose();
    }

    private static void Use(Timer pending)
    {
        lock (s_kept) s_kept.Add(pending);
    }

    private static void CollectUntil(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            over.WaitHandle.WaitOne(5);
        }
    }
}

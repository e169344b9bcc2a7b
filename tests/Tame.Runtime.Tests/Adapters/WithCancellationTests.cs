using System.Runtime.CompilerServices;

namespace Tame.Runtime.Tests.Adapters;

public sealed class WithCancellationTests
{
    [Fact]
    public void A_cancelled_token_fails_the_event_with_its_cancellation()
    {
        using var source = new CancellationTokenSource();
        var thrown = Assert.Throws<OperationCanceledException>(() => Loops.RunBlocks(c =>
        {
            var e = c.Make(c.Slot(ref c.A), 1);
            Assert.Equal(e, e.WithCancellation(source.Token));
            source.Cancel();
            Assert.False(e.IsPending);
        }));
        Assert.Equal(source.Token, thrown.CancellationToken);
    }

    [Fact]
    public void A_token_that_is_cancelled_already_fails_the_event_at_once()
    {
        var cancelled = new CancellationToken(canceled: true);
        var thrown = Assert.Throws<OperationCanceledException>(() => Loops.RunBlocks(c => Assert.False(c.Make(1).WithCancellation(cancelled).IsPending)));
        Assert.Equal(cancelled, thrown.CancellationToken);
    }

    [Fact]
    public void When_the_event_completes_otherwise_the_registration_is_undone()
    {
        using var source = new CancellationTokenSource();
        WeakReference? held = null;
        Loops.RunBlocks(c => held = Complete(c, source.Token));
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(held!.IsAlive);
        source.Cancel();
    }

    [Fact]
    public void When_the_loop_ends_the_registration_is_undone_whether_somebody_waits_or_not()
    {
        using var source = new CancellationTokenSource();
        var loop = EndWithPendingEvents(source.Token);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(loop.IsAlive);
        source.Cancel();
    }

    [Fact]
    public void From_another_thread_and_for_an_event_of_another_loop_it_does_the_same()
    {
        using var source = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => EventLoop.Run(done => Call.Blocks(done, c =>
        {
            var e = c.Make(1);
            new Thread(() => EventLoop.Run(end =>
            {
                e.WithCancellation(source.Token);
                source.Cancel();
                end.Trigger();
            })).Start();
        })));
    }

    [Fact]
    public void Empty_and_detached_events_are_let_be()
    {
        using var traced = new Traced();
        var cancelled = new CancellationToken(canceled: true);
        Assert.Equal(default, default(Event).WithCancellation(cancelled));
        Assert.Equal(default, default(Event<int>).WithCancellation(cancelled));
        Assert.Equal(Event.Detached, Event.Detached.WithCancellation(cancelled));
    }

    [Fact]
    public void An_event_that_a_token_may_still_fail_is_not_lost()
    {
        using var source = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => EventLoop.Run(done => Call.Blocks(done, c =>
        {
            MakeAndDrop(c, source.Token);
            new Thread(() =>
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                GC.Collect();
                source.Cancel();
            }).Start();
        })));
    }

    [Fact]
    public void An_event_is_lost_when_nobody_can_cancel_the_token_any_more()
    {
        Assert.Throws<LostEventException>(() => Loops.RunBlocks(MakeWithLostSource));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Complete(Call call, CancellationToken token)
    {
        var e = call.Make(1).WithCancellation(token);
        var hook = Event.FindHook<AdapterHook>(e)!;
        e.Trigger();
        var link = hook.GetType().GetField("_link", System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!.GetValue(hook);
        return new WeakReference(((WeakReference<CancellationLink>)link!).TryGetTarget(out var target) ? target : null);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference EndWithPendingEvents(CancellationToken token)
    {
        WeakReference? loop = null;
        Loops.Run(done =>
        {
            loop = new WeakReference(EventLoop.Current);
            Call.Blocks(default, c => c.Make(1).WithCancellation(token));
            Call.Blocks(default, c => c.Make(new Rendezvous(), 1).WithCancellation(token));
            done.Trigger();
        },
        lifelines: 2,
        entries: 1);
        return loop!;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakeAndDrop(Call call, CancellationToken token) => call.Make(1).WithCancellation(token);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakeWithLostSource(Call call) => call.Make(1).WithCancellation(new CancellationTokenSource().Token);
}

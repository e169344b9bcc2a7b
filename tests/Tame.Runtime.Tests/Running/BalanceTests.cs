using System.Runtime.CompilerServices;

namespace Tame.Runtime.Tests.Running;

/// <summary>
/// Closures, entries, lifelines, hooks, and slot sets return to their pools exactly once, however a call ends. Loops.Run checks the accounts after each run.
/// Debug builds throw if an object returns twice.
/// </summary>
public sealed class BalanceTests
{
    [Fact]
    public void Everything_comes_back_after_a_normal_end() => Loops.RunBlocks(
        c =>
        {
            c.Make(c.Slot(ref c.A), 1).Trigger(1);
            c.Make(c.Slot(ref c.A), c.Slot(ref c.B), 1).Trigger(1, 2);
            Primitives.asap(c.Make(1));
            Primitives.timer(TimeSpan.FromSeconds(1), c.Make(1));
        },
        c =>
        {
            c.EnterBlock();
            c.Make(1).Trigger();
            Assert.True(c.BlockDone(9) && c.EndBlock());
        });

    [Fact]
    public void Everything_comes_back_after_an_exception_before_the_wait() => Loops.RunBlocks(
        _ => Assert.Throws<InvalidOperationException>(() => Call.Start(
            c =>
            {
                c.EnterBlock();
                var (first, second) = (c.Make(1), c.Make(c.Slot(ref c.A), c.Slot(ref c.B), 2));
                first.AtTrigger(second.Unblocker);
                c.EnterBlock();
                Primitives.timer(TimeSpan.FromHours(1), c.Make(3));
                throw new InvalidOperationException();
            })),
        CollectAndWait);

    [Fact]
    public void Everything_comes_back_after_an_exception_behind_a_wait()
    {
        Loops.RunBlocks(
            main =>
            {
                var r = new Rendezvous();
                main.Held = r;
                Call.Blocks(main.Make(r, 1), c => Primitives.asap(c.Make(1)), c =>
                {
                    Primitives.timer(TimeSpan.FromHours(1), c.Make(3));
                    throw new InvalidOperationException();
                });
                Primitives.timer(TimeSpan.FromSeconds(1), main.Make(1));
            },
            main => Assert.True(((Rendezvous)main.Held!).TryJoin(out var error) && error is InvalidOperationException),
            CollectAndWait);
    }

    [Fact]
    public void Everything_comes_back_after_a_cancel()
    {
        Loops.RunBlocks(
            main =>
            {
                var r = new Rendezvous<int>();
                Event ready = default;
                Call.Start(
                    c =>
                    {
                        if (c.State == 0)
                        {
                            ready = Make(c, r);
                            c.BeginJoin(r);
                        }
                        if (!c.JoinReady(1))
                            return;
                        Assert.Throws<OperationCanceledException>(() => c.EndJoinOrThrow(ref c.A));
                        c.Done.Trigger();
                    },
                    main.Make(1));
                ready.Trigger();
                r.Cancel();
            },
            CollectAndWait);
    }

    [Fact]
    public void A_call_with_events_outstanding_at_its_end_comes_back_after_the_late_trigger() => Loops.RunBlocks(main =>
    {
        var r = new Rendezvous<string>();
        Event<int> late = default;
        Event<int, int> later = default;
        Call.Start(c =>
        {
            late = c.Make(r, "late", c.Slot(ref c.A), 1);
            later = c.Make(r, "later", c.Slot(ref c.A), c.Slot(ref c.B), 1);
        });
        Loops.AssertBalance(EventLoop.Current!, lifelines: 3, closures: 4, slotSets: 1);       // main and its event are out too
        Assert.True(late.Trigger(1));
        Loops.AssertBalance(EventLoop.Current!, lifelines: 2, closures: 4, slotSets: 1);
        Assert.True(later.Trigger(2, 3));
        Loops.AssertBalance(EventLoop.Current!, lifelines: 1, closures: 3);
        Assert.True(r.TryJoin(out _) && r.TryJoin(out _));
        Assert.False(late.Trigger(1) || later.Unblock());
    });

    [Fact]
    public void A_lost_event_brings_everything_back() => Assert.Throws<LostEventException>(() => Loops.RunBlocks(c => Lose(c)));

    [Fact]
    public void Late_completions_of_a_cancelled_rendezvous_bring_a_lifeline_back_once() => Loops.RunBlocks(main =>
    {
        var r = new Rendezvous();
        Event first = main.Make(r, 1), second = main.Make(r, 1);
        r.Cancel();
        Assert.False(first.Trigger() || first.Fail(new InvalidOperationException()) || first.Unblock());
        Assert.False(second.Fail(new InvalidOperationException()) || second.Trigger());
    });

    [Fact]
    public void Timeouts_sums_and_chains_come_back() => Loops.RunBlocks(
        main =>
        {
            Event first = main.Make(1), second = main.Make(1), third = main.Make(1), fourth = main.Make(1);
            first.WithTimeout(TimeSpan.FromHours(1)).AtTrigger(third);
            Primitives.timer(TimeSpan.FromHours(2), third);
            Primitives.timer(TimeSpan.FromHours(2), third);
            (first + second).Trigger();
            fourth.WithTimeout(TimeSpan.FromSeconds(1), main.Make(CompilerServices.Slot<bool>.Discard, 1));
        });

    [Fact]
    public void A_captured_closure_is_never_used_again() => Loops.RunBlocks(main =>
    {
        Call? captured = null;
        Call.Start(c =>
        {
            c.MarkCaptured();
            captured = c;
        });
        Assert.NotSame(captured, Call.Make(_ => { }).Started());
    });

#if DEBUG
    [Fact]
    public void What_goes_back_twice_is_noticed() => Loops.Run(done =>
    {
        var loop = EventLoop.Current!;
        var lifeline = loop.Pools.RentLifeline(loop, Call.Make(_ => { }).Started());
        lifeline.Release();
        Assert.Contains("twice", Assert.Throws<InvalidOperationException>(lifeline.Release).Message, StringComparison.Ordinal);
        loop.Pools.Lifelines.Rent();
        done.Trigger();
    });
#endif

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Event Make(Call c, Rendezvous<int> r)
    {
        c.Make(r, 1, 1);
        c.Make(r, 2, c.Slot(ref c.A), 1);
        Primitives.timer(TimeSpan.FromHours(1), c.Make(r, 3, 1));
        return c.Make(r, 4, 1);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Lose(Call c) => c.Make(c.Slot(ref c.A), c.Slot(ref c.B), 1);

    /// <summary>Lifelines of cancelled events return when the collector has found that nothing holds them.</summary>
    private static void CollectAndWait(Call c)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Primitives.asap(c.Make(1));
    }
}

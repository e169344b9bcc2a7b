#pragma warning disable TAME060 // bodies that find no loop come to no end
using System.Runtime.CompilerServices;

namespace Tame.Language.Tests.Locals;

/// <summary>How long what a call kept lives: a lambda's captures as long as the lambda, all else as long as the call.</summary>
public sealed partial class LifetimeTests
{
    [Fact]
    public void What_a_lambda_captured_is_never_used_again() => Assert.Equal("1 2 3 | 2 3 4 | 3 4 5", Trace.Of(Counters));

    [Tamed] private static partial void Counters(Trace trace, Event done);

    private static void CountersBody(Trace trace, Event done)
    {
        var counters = new Func<int>[3];
        for (var i = 0; i < counters.Length; i++)
            using (twait()) Count(i, mkevent(out counters[i]));
        for (var turn = 0; turn < counters.Length; turn++)
        {
            if (turn > 0) trace.Add("|");
            foreach (var counter in counters) trace.Add(counter());
            using (twait()) Count(100, mkevent(out Func<int> _));
        }

        done.Trigger();
    }

    [Tamed] private static partial void Count(int start, Event<Func<int>> done);

    private static void CountBody(int start, Event<Func<int>> done)
    {
        var count = start;
        using (twait()) asap(mkevent());
        done.Trigger(() => ++count);
    }

    private static readonly List<WeakReference> s_kept = [];

    [Fact]
    public void What_a_call_kept_is_let_go_when_it_ends_though_its_closure_is_pooled()
    {
        Assert.Equal("True False", Trace.Of(Look));
    }

    [Tamed] private static partial void Look(Trace trace, Event done);

    private static void LookBody(Trace trace, Event done)
    {
        using (twait())
        {
            Keep(new object(), mkevent());
            using (twait()) asap(mkevent());
            Collect(trace);
        }

        Collect(trace);
        done.Trigger();
    }

    [Tamed] private static partial void Keep(object parameter, Event done);

    private static void KeepBody(object parameter, Event done)
    {
        var local = new object();
        s_kept.AddRange([new(parameter), new(local)]);
        for (var i = 0; i < 3; i++)
            using (twait()) asap(mkevent());
        GC.KeepAlive(parameter);
        GC.KeepAlive(local);
        done.Trigger();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Collect(Trace trace)
    {
        GC.Collect();
        bool first = s_kept[0].IsAlive;
        Assert.All(s_kept, kept => Assert.Equal(first, kept.IsAlive));
        trace.Add(first);
    }

    [Fact]
    public void Without_a_loop_a_block_and_each_primitive_name_EventLoop_Run()
    {
        foreach (var method in new Action<Event>[] { Block, Join, Timer, Soon, Descriptor })
            Assert.Contains("EventLoop.Run", Assert.Throws<InvalidOperationException>(() => method(default)).Message, StringComparison.Ordinal);
    }

    [Tamed] private static partial void Block(Event done);

    private static void BlockBody(Event done)
    {
        using (twait()) Event.Detached.AtTrigger(mkevent());
    }

    [Tamed] private static partial void Join(Event done);

    private static void JoinBody(Event done)
    {
        twait(new Rendezvous());
    }

    [Tamed] private static partial void Timer(Event done);

    private static void TimerBody(Event done) => timer(TimeSpan.Zero, done);

    [Tamed] private static partial void Soon(Event done);

    private static void SoonBody(Event done) => asap(done);

    [Tamed] private static partial void Descriptor(Event done);

    private static void DescriptorBody(Event done) => wait_on_fd(0, FdEvents.Read, done);

    [Fact]
    public void A_finally_runs_in_a_call_that_is_cancelled_when_its_loop_ends()
    {
        var trace = new Trace();
        Event held = default;
        EventLoop.Run(
            done =>
            {
                Hold(trace, e => held = e);
                done.Trigger();
            },
            new EventLoopOptions { VirtualTime = true });
        Assert.Equal("OperationCanceledException finally waited", trace.ToString());
        Assert.False(held.Trigger());
    }

    [Tamed] private static partial void Hold(Trace trace, Action<Event> keep);

    private static void HoldBody(Trace trace, Action<Event> keep)
    {
        try
        {
            using (twait()) keep(mkevent());
        }
        catch (OperationCanceledException e)
        {
            trace.Add(e.GetType().Name);
        }
        finally
        {
            trace.Add("finally");
        }

        using (twait()) asap(mkevent());
        trace.Add("waited");
    }
}

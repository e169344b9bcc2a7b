namespace Tame.Runtime.Tests.Running;

/// <summary>Changes that code on the loop makes to its thread's contexts do not reach other code.</summary>
public sealed class LeakTests
{
    private static readonly AsyncLocal<string?> s_local = new();

    [Fact]
    public void A_callback_that_sets_the_synchronization_context_does_not_change_the_next_ones()
    {
        var seen = new List<SynchronizationContext?>();
        using var loop = new EventLoop(Loops.Virtual);
        void Set() => SynchronizationContext.SetSynchronizationContext(null);
        void Note() => seen.Add(SynchronizationContext.Current);
        loop.Post(Set);
        loop.Post(Note);
        loop.SynchronizationContext.Post(_ => Set(), null);
        loop.Post(Note);
        loop.Post(() => throw Failing(Set));
        loop.UnhandledException += (_, e) => e.Handled = true;
        loop.Post(Note);
        _ = loop.InvokeAsync(e =>
        {
            Set();
            e.Trigger();
        }, CancellationToken.None);
        loop.Post(Note);
        _ = Task.Factory.StartNew(Set, CancellationToken.None, TaskCreationOptions.None, loop.TaskScheduler);
        loop.Post(Note);
        loop.Run();
        Assert.Equal(Enumerable.Repeat(loop.SynchronizationContext, 5), seen);
    }

    [Fact]
    public void A_body_that_sets_the_synchronization_context_changes_neither_its_callers_nor_the_next_calls()
    {
        var seen = new List<SynchronizationContext?>();
        SynchronizationContext? own = null;
        void Set() => SynchronizationContext.SetSynchronizationContext(new SynchronizationContext());
        void Note() => seen.Add(SynchronizationContext.Current);
        Loops.Run(done =>
        {
            own = SynchronizationContext.Current;
            Call.Blocks(
                default,
                c =>
                {
                    Set();
                    Primitives.asap(c.Make(1));
                },
                c =>
                {
                    Note();
                    Set();
                    Primitives.asap(c.Make(1));
                },
                _ => Set());
            Note();
            Call.Blocks(done, c => Primitives.asap(c.Make(1)), c => Primitives.asap(c.Make(1)), c => Primitives.asap(c.Make(1)), _ => Note());
        });
        Assert.Equal(Enumerable.Repeat(own, 3), seen);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_function_of_a_mapped_event_changes_neither_who_triggers_it_nor_the_next_calls(bool fails)
    {
        var seen = new List<(SynchronizationContext?, string?)>();
        SynchronizationContext? own = null;
        void Note() => seen.Add((SynchronizationContext.Current, s_local.Value));
        int Map(int value)
        {
            s_local.Value = "mapped";
            SynchronizationContext.SetSynchronizationContext(null);
            return fails ? throw new ArithmeticException() : value;
        }
        void Run() => Loops.Run(done =>
        {
            own = SynchronizationContext.Current;
            Call.Blocks(
                done,
                c =>
                {
                    var near = c.Make(c.Slot(ref c.A), 1).Map<int, int>(Map);
                    var far = c.Make(c.Slot(ref c.B), 1).Map<int, int>(Map);
                    EventLoop.Current!.Post(() =>
                    {
                        near.Trigger(1);
                        Note();
                        Loops.OnThread(() => far.Trigger(2));
                        Call.Blocks(default, inner => Primitives.asap(inner.Make(1)), _ => Note());
                    });
                });
        });
        Assert.Equal(fails, Xunit.Record.Exception(Run) is ArithmeticException);
        Assert.Equal([(own, null), (own, null)], seen);
    }

    [Fact]
    public void What_a_call_without_a_loop_sets_stays_in_it()
    {
        Loops.OnThread(() =>
        {
            var before = SynchronizationContext.Current;
            Call.Start(_ => SynchronizationContext.SetSynchronizationContext(new SynchronizationContext()));
            Assert.Same(before, SynchronizationContext.Current);
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_local_of_a_call_that_has_suppressed_the_flow_does_not_show_up_in_others(bool runIsSuppressed)
    {
        var seen = new List<string?>();
        Loops.OnThread(() =>
        {
            if (runIsSuppressed)
                ExecutionContext.SuppressFlow();
            Loops.Run(done =>
            {
                Call.Blocks(
                    default,
                    c => Primitives.asap(c.Make(1)),
                    c =>
                    {
                        s_local.Value = "secret";
                        if (!ExecutionContext.IsFlowSuppressed())
                            ExecutionContext.SuppressFlow();
                        Primitives.timer(TimeSpan.FromSeconds(1), c.Make(1));
                    },
                    _ => seen.Add(s_local.Value));
                Call.Blocks(
                    done,
                    c => Primitives.asap(c.Make(1)),
                    c =>
                    {
                        seen.Add(s_local.Value);
                        Primitives.timer(TimeSpan.FromSeconds(2), c.Make(1));
                    },
                    _ => seen.Add(s_local.Value));
                EventLoop.Current!.Post(() =>
                {
                    s_local.Value = "posted";
                    if (!ExecutionContext.IsFlowSuppressed())
                        ExecutionContext.SuppressFlow();
                });
                EventLoop.Current!.Post(() => seen.Add(s_local.Value));
            });
        });
        Assert.Equal(Enumerable.Repeat<string?>(null, 4), seen);
    }

    private static ArithmeticException Failing(Action action)
    {
        action();
        return new ArithmeticException();
    }
}

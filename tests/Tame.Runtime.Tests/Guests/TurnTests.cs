#pragma warning disable xUnit1051, CA2012 // Calls without a token are what is tested; value tasks are awaited or complete.

namespace Tame.Runtime.Tests.Guests;

/// <summary>Turns: one at a time, nothing forgotten between two, and the host's thread as it was behind each.</summary>
public sealed class TurnTests
{
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task A_call_runs_in_turns_of_the_thread_pool_and_its_task_ends_with_it()
    {
        await using var loop = EventLoop.CreateGuest(EventLoopHost.ThreadPool);
        Assert.True(loop.IsGuest);
        var seen = new List<EventLoop?>();
        await loop.InvokeAsync(done => Call.Blocks(
            done,
            c => Note(() => c.Make(101).Trigger()),
            c => Note(() => Primitives.timer(s_short, c.Make(102))),
            c => Note(() => ThreadPool.QueueUserWorkItem(static e => e.Trigger(), c.Make(103), preferLocal: false)))).WaitAsync(Loops.Hang);
        Assert.Equal([loop, loop, loop], seen);
        Assert.Null(EventLoop.Current);

        void Note(Action act)
        {
            seen.Add(EventLoop.Current);
            act();
        }
    }

    [Fact]
    public async Task A_value_is_the_task_s_result()
    {
        await using var loop = EventLoop.CreateGuest(EventLoopHost.ThreadPool);
        Assert.Equal(5, await loop.InvokeAsync<int>(result => Primitives.timer(s_short, result.Bind(5))).WaitAsync(Loops.Hang));
    }

    [Fact]
    public async Task Senders_on_many_threads_have_one_turn_at_a_time_and_each_its_order()
    {
        const int Senders = 4, Each = 20_000;
        await using var loop = EventLoop.CreateGuest(EventLoopHost.ThreadPool);
        int inside = 0, overlaps = 0;
        int[] next = new int[Senders];
        int disorder = 0, left = Senders * Each;
        var done = new TaskCompletionSource();
        var threads = Enumerable.Range(0, Senders).Select(sender => new Thread(() =>
        {
            for (int i = 0; i < Each; i++)
            {
                int number = i;
                loop.Post(() =>
                {
                    overlaps += Interlocked.Increment(ref inside) == 1 ? 0 : 1;
                    disorder += next[sender]++ == number ? 0 : 1;
                    Interlocked.Decrement(ref inside);
                    if (--left == 0)
                        done.SetResult();
                });
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        await done.Task.WaitAsync(Loops.Hang);
        Assert.Equal((0, 0), (overlaps, disorder));
        threads.ForEach(thread => thread.Join());
    }

    [Fact]
    public void A_second_turn_while_one_runs_is_refused()
    {
        var host = new ManualHost();
        using var loop = EventLoop.CreateGuest(host);
        Exception? inside = null, beside = null;
        loop.Post(() =>
        {
            inside = Record.Exception(loop.RunTurn);
            Loops.OnThread(() => beside = Record.Exception(loop.RunTurn));
        });
        Assert.Equal(1, host.RunAll());
        Assert.StartsWith($"A turn of {loop.Name} is already running.", Assert.IsType<InvalidOperationException>(inside).Message, StringComparison.Ordinal);
        Assert.IsType<InvalidOperationException>(beside);
    }

    [Fact]
    public void An_idle_guest_asks_for_one_turn_however_much_is_sent_and_a_turn_too_many_does_no_harm()
    {
        var host = new ManualHost();
        using var loop = EventLoop.CreateGuest(host);
        int ran = 0;
        loop.RunTurn();
        loop.Post(() => ran++);
        loop.Post(() => ran++);
        Assert.Equal((1, 0), (host.Count, ran));
        loop.RunTurn();
        Assert.Equal(2, ran);
        Assert.Equal(1, host.RunAll());
        loop.Post(() => ran++);
        Assert.Equal((1, 2), (host.Count, ran));
        host.RunAll();
        Assert.Equal(3, ran);
    }

    [Fact]
    public void What_was_current_on_the_thread_is_so_again_behind_a_turn_also_after_an_exception()
    {
        var host = new ManualHost();
        using var loop = EventLoop.CreateGuest(host);
        loop.UnhandledException += (_, unhandled) => unhandled.Handled = true;
        var local = new AsyncLocal<string?> { Value = "outside" };
        var context = new SynchronizationContext();
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            string? inside = "";
            SynchronizationContext? contextInside = null;
            Send(() =>
            {
                (inside, contextInside) = (local.Value, SynchronizationContext.Current);
                local.Value = "changed";
                SynchronizationContext.SetSynchronizationContext(null);
                throw new FormatException();
            });
            host.RunAll();
            Assert.Null(inside);
            Assert.Same(loop.SynchronizationContext, contextInside);
            Assert.Equal(("outside", context), (local.Value, SynchronizationContext.Current));
            Assert.Null(EventLoop.Current);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(null);
        }

        void Send(Action action)
        {
            using (ExecutionContext.SuppressFlow())
                loop.Post(action);
        }
    }

    [Fact]
    public void A_call_keeps_its_caller_s_context_through_waits_between_calls_of_others()
    {
        var host = new ManualHost();
        using var loop = EventLoop.CreateGuest(host);
        var local = new AsyncLocal<string?>();
        var seen = new List<string?>();
        var events = new List<Event>();
        foreach (string name in new[] { "a", "b" })
        {
            local.Value = name;
            _ = loop.InvokeAsync(done => Call.Blocks(
                done,
                c =>
                {
                    seen.Add(local.Value);
                    events.Add(c.Make(101));
                },
                c =>
                {
                    seen.Add(local.Value);
                    c.Make(102).Trigger();
                }));
        }
        local.Value = "outside";
        host.RunAll();
        events[1].Trigger();
        host.RunAll();
        events[0].Trigger();
        host.RunAll();
        Assert.Equal(["a", "b", "b", "a"], seen);
    }

    [Fact]
    public void A_turn_inside_of_the_run_of_another_loop_has_its_own_loop_current()
    {
        var host = new ManualHost();
        using var guest = EventLoop.CreateGuest(host);
        EventLoop? inside = null, before = null, after = null;
        bool wasTriggered = false;
        Loops.Run(done =>
        {
            before = EventLoop.Current;
            guest.Post(() =>
            {
                inside = EventLoop.Current;
                wasTriggered = done.Trigger();      // an event of the loop around: sent
            });
            host.RunAll();
            after = EventLoop.Current;
            Assert.True(done.IsPending);
        });
        Assert.Same(guest, inside);
        Assert.NotNull(before);
        Assert.Same(before, after);
        Assert.True(wasTriggered);
    }

    [Fact]
    public void A_turn_that_takes_long_leaves_its_thread_and_goes_on_in_another()
    {
        var host = new ManualHost();
        using var loop = EventLoop.CreateGuest(host);
        int rounds = 0;
        bool isOver = false;
        Next();
        int turns = host.RunAll();
        Assert.True(isOver);
        Assert.True(turns > 1, $"{turns} turns for {rounds} rounds");

        void Next() => loop.Post(() =>
        {
            rounds++;
            long began = System.Diagnostics.Stopwatch.GetTimestamp();
            while (System.Diagnostics.Stopwatch.GetElapsedTime(began) < TimeSpan.FromMilliseconds(0.5))
            {
            }
            isOver = rounds == 100;
            if (!isOver)
                Next();
        });
    }

    [Fact]
    public void Running_a_guest_by_hand_and_turns_of_a_loop_with_a_thread_are_refused()
    {
        var host = new ManualHost();
        using var guest = EventLoop.CreateGuest(host);
        Assert.Contains("is a guest", Assert.Throws<InvalidOperationException>(guest.Run).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => guest.RunOnce());
        Assert.Throws<InvalidOperationException>(() => guest.Blocked);
        Assert.Contains("Use Post", Assert.Throws<NotSupportedException>(() => guest.SynchronizationContext.Send(_ => { }, null)).Message, StringComparison.Ordinal);
        using var own = new EventLoop();
        Assert.False(own.IsGuest);
        Assert.Contains("RunTurn is only for guests", Assert.Throws<InvalidOperationException>(own.RunTurn).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => { _ = own.StopAsync(); });
        Assert.False(own.Completion.IsCompleted);
        own.Dispose();
        Assert.True(own.Completion.IsCompletedSuccessfully);
    }
}

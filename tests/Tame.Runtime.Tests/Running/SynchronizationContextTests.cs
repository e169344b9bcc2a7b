namespace Tame.Runtime.Tests.Running;

public sealed class SynchronizationContextTests
{
    [Fact]
    public void While_a_loop_runs_its_context_is_current_and_then_what_was_there_before()
    {
        Loops.OnThread(() =>
        {
            var before = new SynchronizationContext();
            SynchronizationContext.SetSynchronizationContext(before);
            using (var loop = new EventLoop(Loops.Virtual))
            {
                Assert.Same(before, SynchronizationContext.Current);
                loop.Post(() => Assert.Same(loop.SynchronizationContext, SynchronizationContext.Current));
                Assert.True(loop.RunOnce());
                Assert.Same(before, SynchronizationContext.Current);
                loop.Post(() => Assert.Same(loop.SynchronizationContext, SynchronizationContext.Current));
                loop.Run();
                Assert.Same(before, SynchronizationContext.Current);
            }
            Loops.Run(done =>
            {
                Assert.Same(EventLoop.Current!.SynchronizationContext, SynchronizationContext.Current);
                done.Trigger();
            });
            Assert.Same(before, SynchronizationContext.Current);
        });
    }

    [Fact]
    public void In_the_cancel_passes_of_an_ending_loop_its_context_is_current()
    {
        SynchronizationContext? atExit = null, own = null, before = SynchronizationContext.Current;
        EventLoop.Run(
            done =>
            {
                own = SynchronizationContext.Current;
                Call.Start(c =>
                {
                    if (c.State == 0)
                    {
                        c.EnterBlock();
                        c.Held = c.Make(1);
                        c.BlockDone(1);
                        return;
                    }
                    atExit = SynchronizationContext.Current;
                });
                done.Trigger();
            },
            new EventLoopOptions());
        Assert.NotNull(own);
        Assert.Same(own, atExit);
        Assert.Same(before, SynchronizationContext.Current);
    }

    [Fact]
    public void An_await_in_a_callback_comes_back_to_the_loops_thread()
    {
        var threads = new List<int>();
        Loops.Run(done => EventLoop.Current!.Post(async () =>
        {
            threads.Add(Environment.CurrentManagedThreadId);
            await Task.Yield();
            threads.Add(Environment.CurrentManagedThreadId);
            await Task.Run(() => { });
            threads.Add(Environment.CurrentManagedThreadId);
            await ThrowLater().ContinueWith(_ => { }, TaskScheduler.Default);
            threads.Add(Environment.CurrentManagedThreadId);
            done.Trigger();
        }));
        Assert.Equal(Enumerable.Repeat(Environment.CurrentManagedThreadId, 4), threads);
    }

    [Fact]
    public void A_run_waits_for_an_async_void_method_and_virtual_time_stands_still_meanwhile()
    {
        using var loop = new EventLoop(Loops.Virtual);
        var start = loop.TimeProvider.GetTimestamp();
        long end = -1;
        async void Start()
        {
            await Task.Run(() => { });
            Assert.True(loop.HasOutsideWork);
            end = loop.TimeProvider.GetTimestamp();
        }
        Call.Start(c =>
        {
            if (c.State != 0)
                return;
            c.EnterBlock();
            Primitives.timer(TimeSpan.FromHours(1), c.Make(1));
            c.BlockDone(1);
        });
        loop.Post(Start);
        loop.Run();
        Assert.Equal(start, end);
        Assert.False(loop.HasOutsideWork);
        Assert.Equal(TimeSpan.FromHours(1), loop.TimeProvider.GetElapsedTime(start));
    }

    [Fact]
    public void What_an_async_void_method_throws_is_unhandled()
    {
        Assert.Throws<ArithmeticException>(() => Loops.Run(_ => EventLoop.Current!.Post(async () => await ThrowLater()), lifelines: 1));
    }

    [Fact]
    public void What_posted_code_throws_is_unhandled_and_the_loop_may_go_on()
    {
        using var loop = new EventLoop();
        var thrown = new List<Exception>();
        loop.UnhandledException += (_, e) =>
        {
            thrown.Add(e.Exception);
            e.Handled = true;
        };
        loop.SynchronizationContext.Post(_ => throw new ArithmeticException(), null);
        loop.SynchronizationContext.Post(_ => thrown.Add(new InvalidCastException()), null);
        loop.Run();
        Assert.Equal([typeof(ArithmeticException), typeof(InvalidCastException)], thrown.Select(e => e.GetType()));
    }

    [Fact]
    public void Posts_from_the_loops_thread_append_behind_what_is_ready()
    {
        var log = new List<string>();
        using var loop = new EventLoop();
        var context = loop.SynchronizationContext;
        context.Post(
            _ =>
            {
                context.Post(_ => log.Add("third"), null);
                log.Add("first");
            },
            null);
        context.Post(state => log.Add((string)state!), "second");
        loop.Run();
        Assert.Equal(["first", "second", "third"], log);
    }

    [Fact]
    public void Posts_of_one_sender_and_the_sends_among_them_arrive_in_order()
    {
        var log = new List<int>();
        EventLoop.Run(done =>
        {
            var context = SynchronizationContext.Current!;
            new Thread(() =>
            {
                for (int i = 0; i < 1000; i++)
                {
                    if (i % 100 == 99)
                        context.Send(state => log.Add((int)state!), i);
                    else
                        context.Post(state => log.Add((int)state!), i);
                }
                done.Trigger();
            }).Start();
        });
        Assert.Equal(Enumerable.Range(0, 1000), log);
    }

    [Fact]
    public void A_send_from_another_thread_runs_on_the_loops_and_throws_at_its_sender()
    {
        EventLoop.Run(done =>
        {
            var context = SynchronizationContext.Current!;
            int thread = Environment.CurrentManagedThreadId, ran = 0;
            Task.Run(() =>
            {
                context.Send(_ => ran = Environment.CurrentManagedThreadId, null);
                Assert.Equal(thread, ran);
                Assert.Throws<ArithmeticException>(() => context.Send(_ => throw new ArithmeticException(), null));
            }).Trigger(done);
        });
    }

    [Fact]
    public void A_send_on_the_loops_thread_runs_at_once()
    {
        using var loop = new EventLoop();
        bool ran = false;
        loop.SynchronizationContext.Send(_ => ran = true, null);
        Assert.True(ran);
        Assert.Throws<ArithmeticException>(() => loop.SynchronizationContext.Send(_ => throw new ArithmeticException(), null));
    }

    [Fact]
    public void A_send_to_an_ended_loop_throws()
    {
        var loop = new EventLoop();
        loop.Dispose();
        var context = loop.SynchronizationContext;
        Assert.Throws<ObjectDisposedException>(() => context.Send(_ => { }, null));
        Loops.OnThread(() => Assert.Throws<ObjectDisposedException>(() => context.Send(_ => { }, null)));
    }

    [Fact]
    public void A_loop_that_ends_frees_the_thread_that_waits_for_a_send()
    {
        var loop = new EventLoop();
        Exception? thrown = null;
        var sender = new Thread(() => thrown = Xunit.Record.Exception(() => loop.SynchronizationContext.Send(_ => { }, null)));
        sender.Start();
        Assert.True(SpinWait.SpinUntil(() => !loop.Inbox.IsEmpty, Loops.Hang));
        loop.Dispose();
        Assert.True(sender.Join(Loops.Hang), "The sender hangs.");
        Assert.IsType<ObjectDisposedException>(thrown);
    }

    [Fact]
    public void A_post_brings_the_execution_context_of_its_sender_and_leaves_none_behind()
    {
        var local = new AsyncLocal<string>();
        var seen = new List<string?>();
        using var loop = new EventLoop();
        var context = loop.SynchronizationContext;
        local.Value = "sender";
        context.Post(_ => seen.Add(local.Value), null);
        loop.Post(() =>
        {
            seen.Add(local.Value);
            local.Value = "changed";
        });
        local.Value = null!;
        context.Post(_ => seen.Add(local.Value), null);
        loop.Run();
        Assert.Equal(["sender", "sender", null], seen);
        Assert.Null(local.Value);
    }

    [Fact]
    public void A_copy_of_the_context_is_the_context()
    {
        using var loop = new EventLoop();
        Assert.Same(loop.SynchronizationContext, loop.SynchronizationContext.CreateCopy());
    }

    private static async Task ThrowLater()
    {
        await Task.Yield();
        throw new ArithmeticException();
    }
}

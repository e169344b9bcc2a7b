namespace Tame.Runtime.Tests.Adapters;

public sealed class StartTests
{
    [Fact]
    public void Started_work_triggers_its_event_and_its_token_is_left_alone()
    {
        var tokens = new List<CancellationToken>();
        Loops.RunBlocks(
            c =>
            {
                c.Make(1).Start(async token =>
                {
                    tokens.Add(token);
                    await Task.Yield();
                });
                c.Make(c.Slot(ref c.A), 1).Start(token =>
                {
                    tokens.Add(token);
                    return Task.FromResult(1);
                });
                c.Make(c.Slot(ref c.B), 1).Start(async token =>
                {
                    tokens.Add(token);
                    await Task.Run(() => { }, CancellationToken.None);
                    return 2;
                });
            },
            c => Primitives.asap(c.Make(1)),
            c => Assert.Equal((1, 2), (c.A, c.B)));
        Assert.Equal(3, tokens.Count);
        Assert.All(tokens, token => Assert.False(token.IsCancellationRequested));
    }

    [Fact]
    public void The_sources_of_tokens_are_disposed_of_when_event_and_work_are_over()
    {
        CancellationToken first = default, second = default;
        var work = new TaskCompletionSource();
        Loops.RunBlocks(
            c =>
            {
                c.Make(1).Start(token =>
                {
                    first = token;
                    return Task.CompletedTask;
                });
                var e = c.Make(1);
                e.Start(token =>
                {
                    second = token;
                    return work.Task;
                });
                Assert.False(IsDisposed(second));
                e.Trigger();
                Primitives.asap(c.Make(1));
            },
            _ =>
            {
                Assert.True(second.IsCancellationRequested);
                Assert.False(IsDisposed(second));
                work.SetResult();
            });
        Assert.True(IsDisposed(first));
        Assert.True(SpinWait.SpinUntil(() => IsDisposed(second), Loops.Hang));
    }

    [Fact]
    public void Work_that_throws_fails_its_event()
    {
        Assert.Throws<ArithmeticException>(() => Loops.RunBlocks(c => c.Make(1).Start(_ => throw new ArithmeticException())));
        Assert.Throws<ArithmeticException>(() => Loops.RunBlocks(c => c.Make(c.Slot(ref c.A), 1).Start(_ => throw new ArithmeticException())));
        Assert.Throws<ArithmeticException>(() => Loops.RunBlocks(c => c.Make(1).Start(async _ =>
        {
            await Task.Yield();
            throw new ArithmeticException();
        })));
        Assert.Throws<InvalidOperationException>(() => Loops.RunBlocks(c => c.Make(1).Start(_ => null!)));
    }

    [Fact]
    public void Work_that_throws_after_its_event_is_complete_throws_at_the_caller()
    {
        Loops.RunBlocks(c =>
        {
            var e = c.Make(1);
            Assert.Throws<ArithmeticException>(() => e.Start(_ =>
            {
                e.Trigger();
                throw new ArithmeticException();
            }));
        });
    }

    [Fact]
    public void Cancelled_work_fails_its_event_with_its_cancellation()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var thrown = Assert.Throws<TaskCanceledException>(() => Loops.RunBlocks(c => c.Make(1).Start(_ => Task.FromCanceled(source.Token))));
        Assert.Equal(source.Token, thrown.CancellationToken);
    }

    [Fact]
    public void A_timeout_cancels_the_work_and_fails_the_event_with_the_timeout()
    {
        bool cancelled = false;
        Assert.Throws<TimeoutException>(() => EventLoop.Run(done => Call.Blocks(done, c => c.Make(1).WithTimeout(TimeSpan.FromMilliseconds(1)).Start(token =>
        {
            var forever = new TaskCompletionSource();
            token.Register(() =>
            {
                cancelled = true;
                forever.TrySetCanceled(token);
            });
            return forever.Task;
        }))));
        Assert.True(cancelled);
    }

    [Fact]
    public void Of_two_pieces_of_work_for_one_event_the_first_to_end_cancels_the_other()
    {
        var winner = new TaskCompletionSource<int>();
        var tokens = new List<CancellationToken>();
        Loops.RunBlocks(
            c =>
            {
                var e = c.Make(c.Slot(ref c.A), 1);
                e.Start(async token =>
                {
                    tokens.Add(token);
                    await Task.Delay(Timeout.Infinite, token);
                    return 2;
                });
                e.Start(token =>
                {
                    tokens.Add(token);
                    return winner.Task;
                });
                winner.SetResult(1);
            },
            c => Primitives.asap(c.Make(1)),
            c => Assert.Equal(1, c.A));
        Assert.Equal([true, false], tokens.Select(token => token.IsCancellationRequested));
    }

    [Fact]
    public void Virtual_time_stands_still_and_a_run_goes_on_while_work_is_under_way()
    {
        using var loop = new EventLoop(Loops.Virtual);
        bool ended = false;
        Call.Blocks(
            default,
            c =>
            {
                var work = new TaskCompletionSource();
                c.Make(1).WithTimeout(TimeSpan.FromMilliseconds(1)).Start(_ => work.Task);
                Assert.True(loop.HasOutsideWork);
                new Thread(work.SetResult).Start();
            },
            _ => ended = true);
        loop.Run();
        Assert.True(ended);
        Assert.False(loop.HasOutsideWork);
    }

    [Fact]
    public void From_another_thread_work_is_started_there()
    {
        int thread = 0, started = 0;
        EventLoop.Run(done => Call.Blocks(
            done,
            c =>
            {
                var e = c.Make(c.Slot(ref c.A), 1);
                new Thread(() =>
                {
                    thread = Environment.CurrentManagedThreadId;
                    e.Start(async token =>
                    {
                        started = Environment.CurrentManagedThreadId;
                        await Task.Yield();
                        return 7;
                    });
                }).Start();
            },
            c => Assert.Equal(7, c.A)));
        Assert.Equal(thread, started);
    }

    [Fact]
    public void Nothing_starts_for_an_empty_or_complete_event_and_the_ignored_one_logs_a_failure()
    {
        using var traced = new Traced();
        default(Event).Start(_ => throw new ArithmeticException());
        default(Event<int>).Start(_ => throw new ArithmeticException());
        Event.Ignored.Start(_ => Task.FromException(new ArithmeticException("the ignored work")));
        Assert.Contains(traced.Told, text => text.Contains("the ignored work", StringComparison.Ordinal));
    }

    private static bool IsDisposed(CancellationToken token)
    {
        try
        {
            return token.WaitHandle is null;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }
}

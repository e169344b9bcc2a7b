using System.Runtime.CompilerServices;

namespace Tame.Runtime.Tests.Failures;

public sealed class FailureTests
{
    [Fact]
    public void One_failure_is_thrown_as_it_is_at_the_end_of_the_run()
    {
        var error = new InvalidOperationException("mine");
        Assert.Same(error, Assert.Throws<InvalidOperationException>(() => Loops.RunBlocks(c => c.Make(1).Fail(error))));
    }

    [Fact]
    public void A_failure_waits_until_the_whole_block_is_complete()
    {
        Event late = default;
        bool failed = false;
        Loops.Run(done =>
        {
            Call.Start(
                c =>
                {
                    switch (c.State)
                    {
                        case 0:
                            c.EnterBlock();
                            c.Make(1).Fail(new InvalidOperationException());
                            late = c.Make(1);
                            if (!c.BlockDone(1))
                                return;
                            goto case 1;
                        case 1:
                            Assert.Throws<InvalidOperationException>(c.EndBlockOrThrow);
                            failed = true;
                            c.Done.Trigger();
                            break;
                    }
                },
                done);
            Assert.False(failed);
            Call.Blocks(default, c => Primitives.timer(TimeSpan.FromHours(1), c.Make(2)), _ => late.Trigger());
        });
        Assert.True(failed);
    }

    [Fact]
    public void What_escapes_a_body_fails_every_pending_event_parameter()
    {
        var error = new InvalidOperationException();
        Loops.Run(done =>
        {
            Event first = default;
            Event<int> second = default;
            Call.Start(
                c =>
                {
                    var r = new Rendezvous();
                    c.Held = r;
                    first = c.Make(r, 1);
                    second = c.Make(r, CompilerServices.Slot<int>.Discard, 1);
                    Call.Start(_ => throw error, first, second);
                    Assert.Equal(2, r.Ready);
                    Assert.True(r.TryJoin(out var one) && r.TryJoin(out var two));
                    c.Done.Trigger();
                },
                done);
        });
    }

    [Fact]
    public void Without_a_pending_event_the_synchronous_caller_gets_it()
    {
        Loops.Run(done =>
        {
            Assert.Throws<InvalidOperationException>(() => Call.Start(_ => throw new InvalidOperationException()));
            done.Trigger();
        });
        Assert.Throws<InvalidOperationException>(() => Call.Start(_ => throw new InvalidOperationException()));
    }

    [Fact]
    public void After_a_wait_what_no_event_takes_ends_the_run()
    {
        var thrown = Assert.Throws<InvalidOperationException>(() => Loops.Run(
            done => Call.Blocks(default, c => Primitives.asap(c.Make(1)), _ => throw new InvalidOperationException("unhandled")),
            lifelines: 1));
        Assert.Equal("unhandled", thrown.Message);
    }

    [Fact]
    public void A_handler_can_take_what_is_unhandled()
    {
        var taken = new List<Exception>();
        Loops.Run(done =>
        {
            EventLoop.Current!.UnhandledException += (_, arguments) =>
            {
                taken.Add(arguments.Exception);
                arguments.Handled = true;
            };
            Call.Blocks(default, c => Primitives.asap(c.Make(1)), _ => throw new InvalidOperationException("taken"));
            Call.Blocks(done, c => Primitives.timer(TimeSpan.FromSeconds(1), c.Make(1)));
        });
        Assert.Equal("taken", Assert.Single(taken).Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_failure_that_crosses_many_calls_names_the_first_and_counts_the_rest(bool isThrownAnew)
    {
        int depth = isThrownAnew ? 20_000 : 100_000;      // with a cost quadratic in the calls this would take minutes
        var thrown = Assert.Throws<InvalidOperationException>(() => Loops.Run(done => Nest(depth, isThrownAnew, done)));
        string[] trace = thrown.StackTrace!.Split('\n');
        Assert.Contains(nameof(Innermost), trace[0], StringComparison.Ordinal);
        Assert.Equal(isThrownAnew ? 0 : 64, trace.Count(line => line.StartsWith("   at Tests.Call in Call.cs:line 10", StringComparison.Ordinal)));
        Assert.Equal(isThrownAnew ? 64 : 0, trace.Count(line => line.Contains(nameof(Rethrow), StringComparison.Ordinal)));
        Assert.Contains($"   ... and {depth - 64 + 1} more calls", trace);      // Run is one more
    }

    [Fact]
    public void The_stack_of_a_failure_is_kept()
    {
        var thrown = Assert.Throws<InvalidOperationException>(() => Loops.RunBlocks(c => Call.Blocks(c.Make(1), Innermost)));
        Assert.Contains(nameof(Innermost), thrown.StackTrace!, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_that_leaves_a_block_cancels_its_events()
    {
        Event left = default, told = default;
        Loops.RunBlocks(main =>
        {
            told = main.Make(1);
            Call.Start(c =>
            {
                try
                {
                    c.EnterBlock();
                    c.EnterBlock();
                    left = c.Make(c.Slot(ref c.A), 1).Unblocker;
                    left.AtTrigger(told);
                    throw new InvalidOperationException();
                }
                catch (InvalidOperationException)
                {
                    c.Unwind(0);
                    Assert.False(left.Trigger());
                    Assert.False(told.IsPending);
                }
            });
        });
    }

    private static void Nest(int depth, bool isThrownAnew, Event done)
    {
        if (depth == 0)
            Call.Blocks(done, c => Primitives.asap(c.Make(1)), Innermost);
        else
            Call.Start(c => Nested(c, depth - 1, isThrownAnew), done);
    }

    private static void Nested(Call c, int depth, bool isThrownAnew)
    {
        if (c.State < 2)
        {
            bool yields = c.State == 0;
            if (!yields)
                _ = c.EndBlock();
            c.EnterBlock();
            if (yields)
                Primitives.asap(c.Make(8));
            else
                Nest(depth, isThrownAnew, c.Make(8));
            _ = c.BlockDone(yields ? 1 : 2);
        }
        else if (isThrownAnew)
        {
            Rethrow(c);
        }
        else
        {
            _ = c.EndBlock();
        }
    }

    /// <summary>Not optimized, because a tail call would leave no frame to count.</summary>
    [MethodImpl(MethodImplOptions.NoOptimization)]
    private static void Rethrow(Call c) => c.EndBlockOrThrow();

    private static void Innermost(Call call) => throw new InvalidOperationException("deep");
}

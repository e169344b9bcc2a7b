namespace Tame.Runtime.Tests.Running;

/// <summary>What becomes of calls that are blocked when their loop ends.</summary>
public sealed class ExitTests
{
    [Fact]
    public void A_cancelled_call_that_waits_again_and_again_runs_for_a_bounded_number_of_passes()
    {
        int cancelled = 0, resumed = 0;
        EventLoop.Run(
            done =>
            {
                Call.Start(c =>
                {
                    switch (c.State)
                    {
                        case 0:
                            c.EnterBlock();
                            c.Held = c.Make(1);
                            break;
                        case 1:
                            Assert.Throws<OperationCanceledException>(c.EndBlockOrThrow);
                            cancelled++;
                            goto default;
                        default:
                            if (c.State == 2)
                                c.EndBlockOrThrow();
                            resumed++;
                            c.EnterBlock();
                            Primitives.asap(c.Make(2));
                            break;
                    }
                    c.BlockDone(c.State == 0 ? 1 : 2, 1);
                });
                done.Trigger();
            },
            new EventLoopOptions { OnExit = ExitBehavior.Cancel });
        Assert.Equal(1, cancelled);
        Assert.InRange(resumed, 10, 1_000_000);
    }

    [Fact]
    public void A_cancelled_call_may_wait_in_its_finally_and_the_call_that_waits_for_it_goes_on()
    {
        var log = new List<string>();
        EventLoop.Run(
            done =>
            {
                Call.Start(outer =>
                {
                    if (outer.State == 0)
                    {
                        outer.EnterBlock();
                        Call.Start(c => Cleanup(c, log), outer.Make(1));
                        outer.BlockDone(1, 1);
                        return;
                    }
                    Assert.Throws<OperationCanceledException>(outer.EndBlockOrThrow);
                    log.Add("outer");
                });
                done.Trigger();
            },
            new EventLoopOptions { VirtualTime = true, OnExit = ExitBehavior.Cancel });
        Assert.Equal(["cancelled", "cleaned up", "outer"], log.Order());
        Assert.True(log.IndexOf("cancelled") < log.IndexOf("cleaned up"));
    }

    private static void Cleanup(Call c, List<string> log)
    {
        switch (c.State)
        {
            case 0:
                c.EnterBlock();
                c.Held = c.Make(2);
                c.BlockDone(1, 1);
                break;
            case 1:
                Assert.Throws<OperationCanceledException>(c.EndBlockOrThrow);
                log.Add("cancelled");
                c.EnterBlock();
                Primitives.asap(c.Make(3));
                c.BlockDone(2, 1);
                break;
            case 2:
                c.EndBlockOrThrow();
                log.Add("cleaned up");
                break;
        }
    }
}

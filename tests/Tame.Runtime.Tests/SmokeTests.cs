namespace Tame.Runtime.Tests;

public sealed class SmokeTests
{
    [Fact]
    public void A_call_waits_for_its_event_and_then_completes_its_own()
    {
        var log = new List<string>();
        EventLoop.Run(done => Call.Start(
            c =>
            {
                switch (c.State)
                {
                    case 0:
                        log.Add("start");
                        c.EnterBlock();
                        Primitives.timer(TimeSpan.FromMilliseconds(1), c.Make(10));
                        if (!c.BlockDone(1, 11))
                            return;
                        goto case 1;
                    case 1:
                        if (!c.EndBlock())
                            return;
                        log.Add("end");
                        c.Done.Trigger();
                        break;
                }
            },
            done));
        Assert.Equal(["start", "end"], log);
    }
}

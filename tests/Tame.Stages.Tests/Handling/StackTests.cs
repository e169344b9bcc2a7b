namespace Tame.Stages.Tests.Handling;

public sealed partial class StackTests
{
    private const int Hops = 200_000;

    [Fact]
    public void Many_hops_in_a_row_need_no_stack() => Loops.Run(Hopping);

    [Fact]
    public void A_handler_may_offer_to_its_own_stage() => Loops.Run(Own);

    [Tamed]
    private static partial void Hopping(Event done);

    private static void HoppingBody(Event done)
    {
        Stage<int>? one = null, two = null;
        using var r = new Rendezvous();
        var end = mkevent(r);
        one = Stage.OnLoop<int>("one", (item, e) => Hop(item, two!, end, e), new() { MaxConcurrency = int.MaxValue });
        two = Stage.OnLoop<int>("two", (item, e) => Hop(item, one, end, e), new() { MaxConcurrency = int.MaxValue });
        one.TryEnqueue(Hops);
        twait(r);
        Assert.Equal(Hops + 1, one.Statistics.Accepted + two.Statistics.Accepted);
        done.Trigger();
    }

    private static void Hop(int left, Stage<int> next, Event end, Event done)
    {
        if (left == 0)
            end.Trigger();
        else
            Assert.Equal(EnqueueOutcome.Accepted, next.TryEnqueue(left - 1));
        done.Trigger();
    }

    [Tamed]
    private static partial void Own(Event done);

    private static void OwnBody(Event done)
    {
        Stage<int>? stage = null;
        var order = new List<int>();
        stage = Stage.OnLoop<int>("s", (item, e) =>
        {
            order.Add(item);
            if (item < 5)
                stage!.TryEnqueue(item + 1);
            order.Add(-item);
            e.Trigger();
        });
        stage.TryEnqueue(1);
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        Assert.Equal([1, -1, 2, -2, 3, -3, 4, -4, 5, -5], order);
        done.Trigger();
    }
}

namespace Tame.Stages.Tests.Handling;

public sealed partial class OrderTests
{
    [Fact]
    public void Items_of_a_key_are_handled_one_after_the_other_and_others_beside_them() => Loops.Run(Keyed);

    [Fact]
    public void What_the_key_function_throws_the_offer_throws_and_nothing_is_enqueued() => Loops.Run(done =>
    {
        var stage = Stage.OnLoop<int>("s", (_, end) => end.Trigger(), new() { OrderBy = StageOrder.By<int, int>(_ => throw new InvalidOperationException("no key")) });
        Assert.Throws<InvalidOperationException>(() => stage.TryEnqueue(1));
        Assert.Equal((0, 0), (stage.Length, (int)stage.Statistics.Accepted));
        done.Trigger();
    });

    [Fact]
    public void A_stop_hands_back_the_items_of_a_key_in_their_order() => Loops.Run(HandedBack);

    [Tamed]
    private static partial void Keyed(Event done);

    private static void KeyedBody(Event done)
    {
        var held = new Held();
        var stage = Stage.OnLoop<string>("s", (item, end) => held.Handle(int.Parse(item, System.Globalization.CultureInfo.InvariantCulture), end), new()
        {
            OrderBy = StageOrder.By((string item) => item[..1]),
            MaxConcurrency = 3,
        });
        foreach (var item in new[] { "10", "11", "12", "20", "21", "30" })
            stage.TryEnqueue(item);
        Assert.Equal([10, 20, 30], held.Begun);
        held.End();
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        Assert.Equal([10, 20, 30, 11], held.Begun);
        held.EndAll();
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        Assert.Equal([12, 21], held.Begun[4..].Order());
        held.EndAll();
        done.Trigger();
    }

    [Tamed]
    private static partial void HandedBack(Event done);

    private static void HandedBackBody(Event done)
    {
        var held = new Held();
        var stage = Stage.OnLoop<int>("s", held.Handle, new() { OrderBy = StageOrder.By((int item) => item / 10), MaxConcurrency = 1 });
        foreach (int item in new[] { 10, 11, 20, 12, 21 })
            stage.TryEnqueue(item);
        twait(e => stage.Stop(TimeSpan.Zero, e));
        Assert.Equal([11, 12], stage.Left.Where(item => item < 20));
        Assert.Equal([20, 21], stage.Left.Where(item => item >= 20));
        held.EndAll();
        done.Trigger();
    }
}

namespace Tame.Stages.Tests.Sockets;

public sealed partial class OutletTests
{
    [Fact]
    public void An_item_that_the_sink_has_just_taken_is_not_taken_back() => Loops.Run(JustTaken);

    [Fact]
    public void An_item_that_is_taken_back_never_reaches_the_sink() => Loops.Run(TakenBack);

    [Tamed]
    private static partial void JustTaken(Event done);

    private static void JustTakenBody(Event done)
    {
        var held = new Held();
        var outlet = Fill(held);
        var takenBack = new List<bool>();
        var loop = EventLoop.Current!;
        held.End();
        // First the call ends, then the sink's turn lets the third item in, and then the outlet would learn of it.
        loop.Post(() => loop.Post(() => takenBack.Add(outlet.TryTakeBack(out _))));
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        Assert.Equal([false], takenBack);
        held.EndAll();
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        held.EndAll();
        Assert.Equal([1, 2, 3], held.Begun);
        done.Trigger();
    }

    [Tamed]
    private static partial void TakenBack(Event done);

    private static void TakenBackBody(Event done)
    {
        var held = new Held();
        var outlet = Fill(held);
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        Assert.True(outlet.TryTakeBack(out int item));
        Assert.Equal(3, item);
        for (int i = 0; i < 3; i++)
        {
            held.EndAll();
            twait(e => timer(TimeSpan.FromSeconds(1), e));
        }
        Assert.Equal([1, 2], held.Begun);
        done.Trigger();
    }

    /// <summary>An outlet that holds the third item, of a sink that handles the first and has the second in its queue.</summary>
    private static Outlet<int> Fill(Held held)
    {
        var outlet = new Outlet<int>(() => { }) { Sink = Stage.OnLoop<int>("sink", held.Handle, new() { Capacity = 1 }) };
        Assert.True(outlet.Offer(1));
        Assert.True(outlet.Offer(2));
        Assert.False(outlet.Offer(3));
        return outlet;
    }
}

namespace Tame.IO.Tests.Streams;

/// <summary>What a server's handlers are told when it ends.</summary>
public sealed partial class ServingTests
{
    [Theory]
    [MemberData(nameof(All))]
    public void When_serving_ends_the_handlers_are_told_before_they_are_waited_for(string network) => Pairs.Run(network, DrainTest);

    [Tamed] private static partial void DrainTest(Event done);

    private static void DrainTestBody(Event done)
    {
        var waiting = new List<Event>();
        int drains = 0, opened = 0, closed = 0;
        var listener = Network.Current.Listen(Networks.AnyPort);
        using var served = new Rendezvous();
        var options = new ServeOptions
        {
            OnOpened = connection => opened += connection.IsClosed ? 10 : 1,
            OnClosed = connection => closed += connection.IsClosed ? 1 : 10,
            OnDrain = () =>
            {
                drains++;
                waiting.ForEach(static e => e.Trigger());
            },
        };
        listener.Serve((_, ended) => waiting.Add(ended), options, mkevent(served));
        using var asked = new Rendezvous();
        WaitForEnd(listener.LocalEndPoint, mkevent(asked));
        WaitForEnd(listener.LocalEndPoint, mkevent(asked));
        twait(e => timer(TimeSpan.FromMilliseconds(50), e));
        Assert.Equal((0, 2, 2, 0), (drains, waiting.Count, opened, closed));
        listener.Dispose();
        twait(served);
        Assert.Equal((1, 2, 2), (drains, opened, closed));
        twait(asked);
        twait(asked);
        done.Trigger();
    }
}

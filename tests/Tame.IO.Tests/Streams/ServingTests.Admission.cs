namespace Tame.IO.Tests.Streams;

public sealed partial class ServingTests
{
    [Fact]
    public void While_a_resource_is_scarce_clients_wait_to_be_accepted()
    {
        var places = new Resource("places", 10);
        string? late = null;
        bool wasEarly = true;
        EventLoop.Run(
            done => ScarceTest(places, answer => wasEarly = answer is not null, answer => late = answer, done),
            new EventLoopOptions { VirtualTime = true, Network = new MemoryNetwork(), Resources = [places] });
        Assert.False(wasEarly);
        Assert.Equal("hello", late);
    }

    [Tamed] private static partial void ScarceTest(Resource places, Action<string?> early, Action<string?> late, Event done);

    private static void ScarceTestBody(Resource places, Action<string?> early, Action<string?> late, Event done)
    {
        places.Take(10);
        var listener = Network.Current.Listen(Networks.AnyPort);
        using var served = new Rendezvous();
        listener.Serve(Echo, null, mkevent(served));
        string? answer = null;
        using var asked = new Rendezvous();
        Ask(listener.LocalEndPoint, "hello", mkevent(asked, out answer));
        twait(e => timer(TimeSpan.FromMinutes(1), e));
        early(answer);
        places.Give(10);
        twait(asked);
        late(answer);
        listener.Dispose();
        twait(served);
        done.Trigger();
    }
}

using System.Net;
using System.Net.Sockets;

namespace Tame.IO.Tests.Names;

/// <summary>Names of the system's network: one lookup of a name at a time, kept for a short time.</summary>
public sealed partial class ResolveTests
{
    [Fact]
    public void Calls_for_one_name_share_a_lookup() => Run(new Names(), Shared);

    [Fact]
    public void Addresses_are_kept_until_they_are_cleared() => Run(new Names(), Kept);

    [Fact]
    public void Without_a_lifetime_each_call_looks_up() => Run(new Names(new SocketNetworkOptions { NameLifetime = TimeSpan.Zero }), NotKept);

    [Fact]
    public void A_failure_is_told_and_not_kept() => Run(new Names(), Failed);

    [Fact]
    public void An_address_is_not_looked_up() => Run(new Names(), Literal);

    [Fact]
    public void The_system_knows_this_machine() => EventLoop.Run(Local, Networks.Options(Networks.System));

    private static void Run(Names names, Action<Names, Event> main) => EventLoop.Run(done => main(names, done), new EventLoopOptions { Network = names });

    [Tamed]
    private static partial void Shared(Names names, Event done);

    private static void SharedBody(Names names, Event done)
    {
        IPAddress[] one, two, three;
        using (twait())
        {
            names.Resolve("one", mkevent(out one));
            names.Resolve("ONE", mkevent(out two));
            names.Resolve("one", mkevent(out three));
            names.Go();
        }
        Assert.Equal(["one"], names.Asked);
        Assert.Equal(one, two);
        Assert.Equal(one, three);
        Assert.NotSame(one, three);
        done.Trigger();
    }

    [Tamed]
    private static partial void Kept(Names names, Event done);

    private static void KeptBody(Names names, Event done)
    {
        names.Go();
        twait(e => names.Resolve("one", e), out IPAddress[] _);
        twait(e => names.Resolve("one", e), out IPAddress[] _);
        Assert.Single(names.Asked);
        names.ClearNames();
        twait(e => names.Resolve("one", e), out IPAddress[] _);
        Assert.Equal(2, names.Asked.Count);
        done.Trigger();
    }

    [Tamed]
    private static partial void NotKept(Names names, Event done);

    private static void NotKeptBody(Names names, Event done)
    {
        names.Go();
        twait(e => names.Resolve("one", e), out IPAddress[] _);
        twait(e => names.Resolve("one", e), out IPAddress[] _);
        Assert.Equal(2, names.Asked.Count);
        done.Trigger();
    }

    [Tamed]
    private static partial void Failed(Names names, Event done);

    private static void FailedBody(Names names, Event done)
    {
        names.Go();
        for (int i = 1; i <= 2; i++)
        {
            try
            {
                twait(e => names.Resolve("bad", e), out IPAddress[] _);
                Assert.Fail("It was found.");
            }
            catch (SocketException error)
            {
                Assert.Equal(SocketError.HostNotFound, error.SocketErrorCode);
                Assert.StartsWith("Looking up 'bad' failed: ", error.Message, StringComparison.Ordinal);
            }
            Assert.Equal(i, names.Asked.Count);
        }
        done.Trigger();
    }

    [Tamed]
    private static partial void Literal(Names names, Event done);

    private static void LiteralBody(Names names, Event done)
    {
        twait(e => names.Resolve("192.0.2.7", e), out IPAddress[] four);
        twait(e => names.Resolve("::1", e), out IPAddress[] six);
        Assert.Equal([IPAddress.Parse("192.0.2.7")], four);
        Assert.Equal([IPAddress.IPv6Loopback], six);
        Assert.Empty(names.Asked);
        done.Trigger();
    }

    [Tamed]
    private static partial void Local(Event done);

    private static void LocalBody(Event done)
    {
        twait(e => Network.Current.Resolve("localhost", e), out IPAddress[] addresses);
        Assert.Contains(addresses, IPAddress.IsLoopback);
        done.Trigger();
    }

    /// <summary>Knows one name, once it is told to go.</summary>
    private sealed class Names(SocketNetworkOptions? options = null) : SocketNetwork(options)
    {
        private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<string> Asked { get; } = [];

        public void Go() => _go.SetResult();

        protected override async Task<IPAddress[]> LookUp(string host)
        {
            lock (Asked)
                Asked.Add(host);
            await _go.Task.ConfigureAwait(false);
            return host == "bad" ? throw new SocketException((int)SocketError.HostNotFound) : [IPAddress.Loopback];
        }
    }
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Tame.IO.Tests.Peers;
using Tame.IO.Tests.Streams;

namespace Tame.IO.Tests.Connections;

/// <summary>Many idle connections of another process, which is killed in the end. `TAME_CONNECTIONS` says how many; the limit of descriptors may be lower.</summary>
[Collection(nameof(Alone))]
public sealed partial class HeldConnectionsTests(ITestOutputHelper output)
{
    public static readonly TheoryData<string> OfTheSystem = Networks.OfTheSystem;

    /// <summary>What the process needs beside the connections.</summary>
    private const int OtherDescriptors = 300;
    private const int KeptSlots = 64;
    private static readonly int s_asked = int.Parse(Environment.GetEnvironmentVariable("TAME_CONNECTIONS") ?? "500", CultureInfo.InvariantCulture);

    private CountingEcho _echo = new();
    private int _resets;
    private Exception? _other;
    private EventLoop? _loop;

    [Theory]
    [MemberData(nameof(OfTheSystem))]
    public void Held_connections_get_their_bytes_back_and_leave_nothing_when_their_process_is_killed(string network)
    {
        Descriptors.SkipWhereNotCounted();
        int count = Math.Min(s_asked, Descriptors.Raise(s_asked + OtherDescriptors) - OtherDescriptors);
        output.WriteLine($"{count} connections of {s_asked}");
        Networks.Run(network, done => Hold(10, done));      // the runtime opens descriptors of its own at first
        var before = Descriptors.OfNetworks;
        Networks.Run(network, done => Hold(count, done));
        Descriptors.AssertNoMoreThan(before);
        Books.AssertBalanced(_loop);
    }

    [Tamed]
    private partial void Hold(int count, Event done);

    private void HoldBody(int count, Event done)
    {
        (_loop, _echo, _resets, _other) = (EventLoop.Current, new CountingEcho(), 0, null);
        var listener = Network.Current.Listen(Networks.AnyPort, new ListenOptions { Backlog = 4096 });
        string port = PeerProcess.Text(((IPEndPoint)listener.LocalEndPoint).Port);
        using var served = new Rendezvous();
        listener.Serve(_echo.Serve, new ServeOptions { OnFailure = NoteFailure }, mkevent(served));
        twait(e => timer(TimeSpan.Zero, e));
        int blocked = _loop!.Blocked.Count;

        twait(e => PeerProcess.Start(["hold", port, PeerProcess.Text(count)], e), out PeerProcess clients);
        using (clients)
        {
            twait(e => clients.Hear(e), out string heard);
            Assert.Equal($"open {count}", heard);
            twait(e => WaitUntil(() => _echo.Begun == count, e));
            Assert.True(Descriptors.Count > count);
            Assert.True(_loop.Blocked.Count > blocked + count);
            twait(e => clients.Ask("echo", e), out heard);
            Assert.Equal($"echoed {count}", heard);
            twait(e => clients.Ask("leave", e), out heard);
            Assert.Equal($"left {(count + 1) / 2}", heard);
            Assert.Equal((count, 0), (_echo.Begun, _echo.Ended));
            twait(e => clients.Kill(e));
        }

        // Answers that the clients had not read are answered by resets, the others by the end of the stream.
        int withAnswers = (count + 1) / 2;
        twait(e => WaitUntil(() => _echo.Ended == count && _resets == withAnswers, e));
        Assert.Null(_other);
        _loop.Trim();
        Assert.Equal(blocked, _loop.Blocked.Count);
        Assert.InRange(_loop.Descriptors().Registrations, 0, KeptSlots);
        listener.Dispose();
        twait(served);
        Assert.Equal((count, count), (_echo.Begun, _echo.Ended));
        Assert.False(_loop.Descriptors().HasWaiters);
        done.Trigger();
    }

    private void NoteFailure(Connection connection, Exception error)
    {
        if (error is SocketException { SocketErrorCode: SocketError.ConnectionReset })
            _resets++;
        else
            _other = error;
    }

    [Tamed]
    private static partial void WaitUntil(Func<bool> holds, Event done);

    private static void WaitUntilBody(Func<bool> holds, Event done)
    {
        for (int left = 6000; left > 0 && !holds(); left--)
            twait(e => timer(TimeSpan.FromMilliseconds(10), e));
        Assert.True(holds(), "It did not come to that in a minute.");
        done.Trigger();
    }
}

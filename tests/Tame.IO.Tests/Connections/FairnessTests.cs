using System.Net;
using Tame.IO.Tests.Peers;

namespace Tame.IO.Tests.Connections;

/// <summary>A ping beside connections that flood its server.</summary>
public sealed partial class FairnessTests
{
    private const int Pings = 200;
    private const byte PingByte = 1;

    /// <summary>A connection that has succeeded so often in a row waits for the next look at the descriptors.</summary>
    private const int InARow = 16;

    /// <summary>Looks that pass while a ping goes to the server and back: one for each way, and that in which it was sent.</summary>
    private const int Looks = 3;

    private readonly byte[] _buffer = new byte[100];
    private readonly List<long> _between = [];
    private long _attempts, _before;
    private int _floods, _passes;
    private bool _isStarved, _isOver;

    [Theory]
    [InlineData(Networks.Memory, 1)]
    [InlineData(Networks.Memory, 8)]
    [InlineData(Networks.Memory, 64)]
    [InlineData(Networks.System, 1)]
    [InlineData(Networks.System, 8)]
    [InlineData(Networks.System, 64)]
    [InlineData(Networks.Portable, 8)]
    public void A_flood_makes_few_attempts_while_a_ping_is_answered(string network, int floods)
    {
        Networks.Run(network, done => Test(network, floods, done));
        _between.Sort();
        long most = Looks * floods * (InARow + 1);
        // The system may deliver a ping late: so nine of ten count there.
        long seen = network == Networks.Memory ? _between[^1] : _between[Pings * 9 / 10];
        Assert.False(_isStarved);
        Assert.True(_attempts > Pings * floods, $"{_attempts} attempts are no flood");
        Assert.True(seen <= most, $"{seen} attempts at a time, of which {most} are allowed: {string.Join(' ', _between)}");
    }

    [Tamed]
    private partial void Test(string network, int floods, Event done);

    private void TestBody(string network, int floods, Event done)
    {
        var listener = Network.Current.Listen(Networks.AnyPort);
        using var served = new Rendezvous();
        CountPasses(mkevent(served));
        listener.Serve(Answer, new ServeOptions { OnFailure = static (_, _) => { } }, mkevent(served));
        PeerProcess? peer = null;
        var flooding = new List<Connection>();
        if (network == Networks.Memory)
        {
            for (int i = 0; i < floods; i++)
            {
                twait(e => Network.Current.Connect(listener.LocalEndPoint, e), out Connection flood);
                flooding.Add(flood);
                Flood.Send(flood, mkevent(served));
            }
        }
        else
        {
            string port = PeerProcess.Text(((IPEndPoint)listener.LocalEndPoint).Port);
            twait(e => PeerProcess.Start(["flood", port, PeerProcess.Text(floods)], e), out peer);
            twait(e => peer.Hear(e), out string _);
        }
        while (_floods < floods || _attempts < 100 * floods)
            twait(e => asap(e));

        twait(e => Network.Current.Connect(listener.LocalEndPoint, e), out Connection connection);
        var ping = new byte[] { PingByte };
        for (int i = 0; i < Pings; i++)
        {
            _before = _attempts;
            twait(e => connection.Send(ping, e));
            twait(e => connection.Receive(ping, e), out int count);
            Assert.Equal((1, PingByte), (count, ping[0]));
            _between.Add(_attempts - _before);
        }
        _isOver = true;
        connection.Dispose();
        flooding.ForEach(flood => flood.Dispose());
        if (peer is not null)
            twait(e => peer.End(e), out int _);
        peer?.Dispose();
        listener.Dispose();
        while (served.Waiting + served.Ready != 0)
            twait(served);
        done.Trigger();
    }

    [Tamed]
    private partial void CountPasses(Event done);

    private void CountPassesBody(Event done)
    {
        for (; !_isOver; _passes++)
            twait(e => asap(e));
        done.Trigger();
    }

    /// <summary>Sends back what begins as a ping, and drops all else in small pieces, so that there is always more. A flood that keeps the loop from its next pass ends.</summary>
    [Tamed]
    private partial void Answer(Connection connection, Event done);

    private void AnswerBody(Connection connection, Event done)
    {
        var buffer = new byte[1];
        twait(e => connection.Receive(buffer, e), out int count);
        bool isPing = buffer[0] == PingByte;
        if (!isPing)
            _floods++;
        for (int inARow = 0, pass = 0; count != 0 && (isPing || !_isStarved); inARow++)
        {
            if (pass != _passes)
                (pass, inARow) = (_passes, 0);
            _isStarved |= !_isOver && inARow > 1000 * InARow;
            if (isPing)
                twait(e => connection.Send(buffer, e));
            else
                _attempts++;
            twait(e => connection.Receive(isPing ? buffer : _buffer, e), out count);
        }
        done.Trigger();
    }
}

using System.Net.Sockets;
using Tame.IO.Tests.Impairing;
using Tame.IO.Tests.Peers;

namespace Tame.IO.Tests.Connections;

/// <summary>What two ends of a connection do, by a seed. Each direction carries bytes that say where they belong.</summary>
/// <param name="seed">The seed.</param>
/// <param name="how">What a proxy between the two does; null for none.</param>
internal sealed partial class Schedule(int seed, Impairments? how = null)
{
    private const int MostAtATime = 3000;
    private readonly Direction _up = new(1), _down = new(2);

    public Random Random { get; } = new(seed);

    /// <summary>Directions that ended with the end of the stream.</summary>
    public int Clean => (_up.IsEnded ? 1 : 0) + (_down.IsEnded ? 1 : 0);

    /// <summary>Directions that were cut off.</summary>
    public int Cut => 2 - Clean;

    /// <summary>Time limits that were over.</summary>
    public int Late { get; private set; }

    /// <summary>Connections that the proxy cut or reset.</summary>
    public int Struck { get; private set; }

    public EventLoop? Loop { get; private set; }

    [Tamed]
    public partial void Run(Event done);

    private void RunBody(Event done)
    {
        Loop = EventLoop.Current;
        if (how is null)
        {
            twait(e => Networks.Pair(Networks.AnyPort, e), out Connection client, out Connection server);
            twait(e => Talk(client, server, e));
        }
        else
            twait(e => TalkThroughProxy(how, e));
        done.Trigger();
    }

    [Tamed]
    private partial void TalkThroughProxy(Impairments how, Event done);

    private void TalkThroughProxyBody(Impairments how, Event done)
    {
        using var listener = Network.Current.Listen(Networks.AnyPort);
        var proxy = new ImpairingProxy(listener.LocalEndPoint, how, seed);
        using var passed = new Rendezvous();
        proxy.Run(mkevent(passed));
        Connection client, server;
        using (twait())
        {
            listener.Accept(mkevent(out server));
            Network.Current.Connect(proxy.EndPoint, mkevent(out client));
        }
        twait(e => Talk(client, server, e));
        proxy.Dispose();
        twait(passed);
        Struck = proxy.Struck;
        done.Trigger();
    }

    [Tamed]
    private partial void Talk(Connection client, Connection server, Event done);

    private void TalkBody(Connection client, Connection server, Event done)
    {
        using (client)
        using (server)
        using (twait())
        {
            Send(client, _up, mkevent());
            Send(server, _down, mkevent());
            Receive(client, _down, mkevent());
            Receive(server, _up, mkevent());
        }
        done.Trigger();
    }

    public void Check()
    {
        foreach (var direction in new[] { _up, _down })
        {
            string what = $"seed {seed}, direction {direction.Number}: {direction.Received} of {direction.Sent} to {direction.SentAtMost} bytes";
            Assert.True(direction.WrongAt < 0, $"{what}, and byte {direction.WrongAt} is another");
            Assert.True(direction.Received <= direction.SentAtMost, what);
            if (direction.IsEnded && how?.Fault != Fault.Cut)
                Assert.True(direction.Received == direction.Sent && direction.IsClosed, what);
        }
        Assert.True(Books.AreBalanced(Loop, out string? books), $"seed {seed}: {books}");
    }

    [Tamed]
    private partial void Send(Connection connection, Direction direction, Event done);

    private void SendBody(Connection connection, Direction direction, Event done)
    {
        try
        {
            for (int left = Random.Next(12); left > 0; left--)
            {
                twait(e => Pause(e));
                var bytes = direction.Next(Random.Next(1, MostAtATime));
                switch (Random.Next(5))
                {
                    case 0:
                        if (connection.TrySend(bytes, out int count))
                            direction.NoteSent(count);
                        break;
                    case 1:
                        var parts = Parts.Of(bytes, bytes.Length / 3, 0, bytes.Length / 3);
                        direction.NoteSending(bytes.Length);
                        twait(e => connection.Send(in parts, e));
                        direction.NoteSent(bytes.Length);
                        break;
                    case 2:
                        direction.NoteSending(bytes.Length);
                        twait(e => connection.Send(bytes, e.WithTimeout(Time())));
                        direction.NoteSent(bytes.Length);
                        break;
                    default:
                        direction.NoteSending(bytes.Length);
                        twait(e => connection.Send(bytes, e));
                        direction.NoteSent(bytes.Length);
                        break;
                }
            }
            if (Random.Next(12) == 0)
            {
                connection.Abort();
            }
            else
            {
                connection.CloseSend();
                direction.IsClosed = true;
            }
        }
        catch (TimeoutException)
        {
            Late++;
            connection.Abort();     // a part may have been sent
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The other side, or the other direction, has aborted.
        }
        done.Trigger();
    }

    [Tamed]
    private partial void Receive(Connection connection, Direction direction, Event done);

    private void ReceiveBody(Connection connection, Direction direction, Event done)
    {
        try
        {
            while (!direction.IsEnded)
            {
                if (Random.Next(3) == 0)
                    twait(e => Pause(e));
                var buffer = new byte[Random.Next(1, MostAtATime)];
                int count;
                switch (Random.Next(4))
                {
                    case 0:
                        if (!connection.TryReceive(buffer, out count))
                            continue;
                        break;
                    case 1:
                        twait(e => connection.Receive(Memory<byte>.Empty, e), out count);
                        continue;
                    case 2:
                        try
                        {
                            twait(e => connection.Receive(buffer, e.WithTimeout(Time())), out count);
                        }
                        catch (TimeoutException)
                        {
                            Late++;
                            continue;
                        }
                        break;
                    default:
                        twait(e => connection.Receive(buffer, e), out count);
                        break;
                }
                direction.NoteReceived(buffer.AsSpan(0, count));
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // One of the two sides has aborted.
        }
        done.Trigger();
    }

    [Tamed]
    private partial void Pause(Event done);

    private void PauseBody(Event done)
    {
        if (Random.Next(2) == 0)
            twait(e => timer(Time(), e));
        done.Trigger();
    }

    private TimeSpan Time() => TimeSpan.FromTicks(Random.Next(3 * (int)TimeSpan.TicksPerMillisecond));

    /// <summary>The bytes of one direction, and what has become of them.</summary>
    internal sealed class Direction(int number)
    {
        public int Number => number;

        public long Sent { get; private set; }

        public long SentAtMost { get; private set; }

        public long Received { get; private set; }

        public long WrongAt { get; private set; } = -1;

        /// <summary>The sender has closed it.</summary>
        public bool IsClosed { get; set; }

        /// <summary>The receiver has seen the end.</summary>
        public bool IsEnded { get; private set; }

        public byte[] Next(int count)
        {
            var bytes = new byte[count];
            for (int i = 0; i < count; i++)
                bytes[i] = At(Sent + i);
            return bytes;
        }

        public void NoteSending(int count) => SentAtMost = Sent + count;

        public void NoteSent(int count)
        {
            Sent += count;
            SentAtMost = Sent;
        }

        public void NoteReceived(ReadOnlySpan<byte> bytes)
        {
            IsEnded = bytes.IsEmpty;
            foreach (byte b in bytes)
            {
                if (b != At(Received) && WrongAt < 0)
                    WrongAt = Received;
                Received++;
            }
        }

        private byte At(long place) => (byte)(place * 31 + place / 251 + number);
    }
}

using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Tame.IO.Tests.Impairing;

/// <summary>
/// Passes connections on to a server as a bad network would: late, slowly, in small pieces, and not always to the end. All of it comes from a seed, so that in virtual time it is the same each time.
/// </summary>
/// <param name="server">The server.</param>
/// <param name="how">What it does to them.</param>
/// <param name="seed">The seed.</param>
internal sealed partial class ImpairingProxy(EndPoint server, Impairments how, int seed) : IDisposable
{
    private const int MostUnderWay = 64;
    private readonly Listener _listener = Network.Current.Listen(Networks.AnyPort);

    /// <summary>Where clients connect.</summary>
    public EndPoint EndPoint => _listener.LocalEndPoint;

    /// <summary>Connections that it has taken.</summary>
    public int Begun { get; private set; }

    /// <summary>Connections that it has cut or reset.</summary>
    public int Struck { get; private set; }

    /// <summary>Runs until it is disposed of and its connections have ended.</summary>
    [Tamed]
    public partial void Run(Event done);

    private void RunBody(Event done)
    {
        twait(e => _listener.Serve((client, passed) => Pass(client, passed), null, e));
        done.Trigger();
    }

    public void Dispose() => _listener.Dispose();

    [Tamed]
    private partial void Pass(Connection client, Event done);

    private void PassBody(Connection client, Event done)
    {
        var random = new Random(seed * 1009 + Begun++);
        twait(e => Network.Current.Connect(server, e), out Connection behind);
        using (behind)
        {
            var up = new Way(client, behind, how, random.Next());
            var down = new Way(behind, client, how, random.Next());
            using (twait())
            {
                up.Take(mkevent());
                up.Give(mkevent());
                down.Take(mkevent());
                down.Give(mkevent());
            }
            if (up.IsStruck || down.IsStruck)
                Struck++;
        }
        done.Trigger();
    }

    /// <summary>Bytes, or the end of the stream, and when they arrive.</summary>
    private readonly record struct Piece(ReadOnlyMemory<byte> Bytes, long Due);

    /// <summary>One direction of a connection. What is taken waits in a line until it is due.</summary>
    private sealed partial class Way(Connection from, Connection to, Impairments how, int seed)
    {
        private readonly TimeProvider _clock = EventLoop.Current!.TimeProvider;
        private readonly Random _random = new(seed);
        private readonly BoundedChannel<Piece> _line = new(MostUnderWay);
        private readonly int _faultAt = how.Fault == Fault.None ? -1 : new Random(seed).Next(how.FaultBefore);
        private long _due;
        private long _given;

        public bool IsStruck { get; private set; }

        [Tamed]
        public partial void Take(Event done);

        private void TakeBody(Event done)
        {
            try
            {
                int count = -1;
                while (count != 0)
                {
                    var buffer = new byte[_random.Next(1, how.LongestPiece + 1)];
                    twait(e => from.Receive(buffer, e), out count);
                    var piece = new Piece(buffer.AsMemory(0, count), DueAfter(count));
                    twait(e => _line.Send(piece, e));
                }
            }
            catch (Exception error) when (IsOfBreak(error))
            {
                Break();
            }
            done.Trigger();
        }

        [Tamed]
        public partial void Give(Event done);

        private void GiveBody(Event done)
        {
            try
            {
                while (true)
                {
                    twait(e => _line.Receive(e), out Piece piece);
                    var left = _clock.GetElapsedTime(_clock.GetTimestamp(), piece.Due);
                    if (left > TimeSpan.Zero)
                        twait(e => timer(left, e));
                    if (piece.Bytes.IsEmpty)
                        break;
                    var bytes = piece.Bytes;
                    if (_given <= _faultAt && _given + bytes.Length > _faultAt)
                    {
                        var before = bytes[..(int)(_faultAt - _given)];
                        twait(e => to.Send(before, e));
                        bytes = bytes[before.Length..];
                        _given = _faultAt + 1;
                        twait(e => Strike(e));
                    }
                    twait(e => to.Send(bytes, e));
                    _given += piece.Bytes.Length;
                }
                to.CloseSend();
            }
            catch (Exception error) when (IsOfBreak(error))
            {
                Break();
            }
            _line.TryComplete();
            done.Trigger();
        }

        [Tamed]
        private partial void Strike(Event done);

        private void StrikeBody(Event done)
        {
            if (how.Fault == Fault.Stall)
                twait(e => timer(how.StallTime, e));
            else
                IsStruck = true;
            if (how.Fault == Fault.Reset)
                Break();
            if (how.Fault == Fault.Cut)
            {
                to.Dispose();
                from.Dispose();
            }
            done.Trigger();
        }

        private static bool IsOfBreak(Exception error) => error is SocketException or ObjectDisposedException or ChannelClosedException;

        /// <summary>When a piece of that length has arrived, behind those before it.</summary>
        private long DueAfter(int count)
        {
            double seconds = how.Delay.TotalSeconds + how.Jitter.TotalSeconds * _random.NextDouble();
            _due = Math.Max(_due, _clock.GetTimestamp() + Ticks(seconds)) + Ticks((double)count / how.BytesPerSecond);
            return _due;
        }

        private long Ticks(double seconds) => (long)(seconds * _clock.TimestampFrequency);

        /// <summary>A side is gone: the other one learns of it at once.</summary>
        private void Break()
        {
            _line.TryComplete();
            from.Abort();
            to.Abort();
        }
    }
}

using System.Net.Sockets;

namespace Tame.Benchmarks.Peers;

/// <summary>One byte there and back over socket pairs, in .NET's two ways. The ends live on the thread pool, as sockets do there.</summary>
internal sealed class PingPong
{
    private readonly (Socket Near, Socket Far)[] _pairs;

    public PingPong(int outstanding)
    {
        _pairs = new (Socket, Socket)[outstanding];
        for (var i = 0; i < outstanding; i++) _pairs[i] = SocketPair.OpenSockets(blocking: true);
    }

    public void RunStreams(int operations)
    {
        var times = operations / _pairs.Length;
        Task.WaitAll([.. _pairs.SelectMany(pair => new[] { Stream(pair.Near, times, asks: true), Stream(pair.Far, times, asks: false) })]);
    }

    public void RunEventArgs(int operations)
    {
        var times = operations / _pairs.Length;
        using var left = new CountdownEvent(2 * _pairs.Length);
        foreach (var (near, far) in _pairs)
        {
            new End(far, times, left).Answer();
            new End(near, times, left).Ask();
        }

        left.Wait();
    }

    private static async Task Stream(Socket socket, int times, bool asks)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: false);
        var buffer = new byte[1];
        if (asks) await stream.WriteAsync(buffer);
        for (var i = 1; i <= times; i++)
        {
            await stream.ReadExactlyAsync(buffer);
            if (!asks || i < times) await stream.WriteAsync(buffer);
        }
    }

    /// <summary>One end with SocketAsyncEventArgs: no allocation, and a loop where the receive completes at once. A byte is sent at once.</summary>
    private sealed class End : SocketAsyncEventArgs
    {
        private readonly Socket _socket;
        private readonly CountdownEvent _left;
        private int _times;
        private bool _asks;

        public End(Socket socket, int times, CountdownEvent left)
        {
            (_socket, _times, _left) = (socket, times, left);
            SetBuffer(new byte[1]);
        }

        public void Ask()
        {
            _asks = true;
            _socket.Send(MemoryBuffer.Span);
            Answer();
        }

        public void Answer()
        {
            while (!_socket.ReceiveAsync(this))
                if (!Received())
                    return;
        }

        protected override void OnCompleted(SocketAsyncEventArgs e)
        {
            if (Received()) Answer();
        }

        private bool Received()
        {
            var more = --_times > 0;
            if (!_asks || more) _socket.Send(MemoryBuffer.Span);
            if (!more) _left.Signal();
            return more;
        }
    }
}

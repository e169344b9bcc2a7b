using System.Net.Sockets;
using Tame.Benchmarks.Peers;

namespace Tame.Benchmarks.Ours;

/// <summary>One byte there and back over socket pairs, both ends on one loop.</summary>
internal sealed partial class PingPong
{
    private readonly (Socket Near, Socket Far)[] _pairs;
    private readonly byte[] _buffer = new byte[1];

    public PingPong(int outstanding)
    {
        _pairs = new (Socket, Socket)[outstanding];
        for (var i = 0; i < outstanding; i++) _pairs[i] = SocketPair.OpenSockets(blocking: false);
    }

    public void Run(int operations) => Loops.Run(() => All(operations / _pairs.Length));

    [Tamed]
    private partial void All(int times);

    private void AllBody(int times)
    {
        using (twait())
            foreach (var (near, far) in _pairs)
            {
                Answer(far, times, mkevent());
                Ask(near, times, mkevent());
            }
        Loops.Stop();
    }

    [Tamed]
    private partial void Ask(Socket socket, int times, Event done);

    private void AskBody(Socket socket, int times, Event done)
    {
        for (var i = 0; i < times; i++)
        {
            socket.Send(_buffer);
            using (twait()) wait_on_fd(socket, FdEvents.Read, mkevent());
            socket.Receive(_buffer);
        }

        done.Trigger();
    }

    [Tamed]
    private partial void Answer(Socket socket, int times, Event done);

    private void AnswerBody(Socket socket, int times, Event done)
    {
        for (var i = 0; i < times; i++)
        {
            using (twait()) wait_on_fd(socket, FdEvents.Read, mkevent());
            socket.Receive(_buffer);
            socket.Send(_buffer);
        }

        done.Trigger();
    }
}

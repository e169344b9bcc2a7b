using System.Net;

namespace Tame.IO.Tests.Peers;

/// <summary>
/// Many connections of one process. It says how many it has opened. After "echo" each sends its own bytes and takes them back; after "leave" every other one sends more, and leaves the answer unread.
/// </summary>
internal sealed partial class HeldClients(EndPoint server, int count)
{
    private const int Window = 200;
    private readonly List<Connection> _open = [];
    private int _echoed, _left;

    [Tamed]
    public partial void Run(Event done);

    private void RunBody(Event done)
    {
        using var input = StandardInput.Open();
        using var words = new Reader(input);
        twait(e => OpenAll(e));
        Console.WriteLine($"open {_open.Count}");
        while (true)
        {
            twait(e => words.ReadLine(e), out string? word);
            if (word is null)
                break;
            using (twait())
            {
                for (int i = 0; i < _open.Count; i++)
                {
                    if (word == "echo")
                        Echo(_open[i], i, mkevent());
                    else if (i % 2 == 0)
                        Leave(_open[i], mkevent());
                }
            }
            Console.WriteLine(word == "echo" ? $"echoed {_echoed}" : $"left {_left}");
        }
        foreach (var connection in _open)
            connection.Dispose();
        done.Trigger();
    }

    [Tamed]
    private partial void OpenAll(Event done);

    private void OpenAllBody(Event done)
    {
        while (_open.Count < count)
        {
            using (twait())
            {
                for (int i = Math.Min(Window, count - _open.Count); i > 0; i--)
                    Open(mkevent());
            }
        }
        done.Trigger();
    }

    [Tamed]
    private partial void Open(Event done);

    private void OpenBody(Event done)
    {
        twait(e => Network.Current.Connect(server, e), out Connection connection);
        _open.Add(connection);
        done.Trigger();
    }

    /// <summary>Sends bytes that no other connection sends, and takes them back.</summary>
    [Tamed]
    private partial void Echo(Connection connection, int number, Event done);

    private void EchoBody(Connection connection, int number, Event done)
    {
        var random = new Random(number);
        var bytes = new byte[random.Next(1, 400)];
        random.NextBytes(bytes);
        twait(e => connection.Send(bytes, e));
        twait(e => Networks.ReceiveAll(connection, bytes.Length, bytes.Length, e), out byte[] back);
        if (back.AsSpan().SequenceEqual(bytes))
            _echoed++;
        done.Trigger();
    }

    [Tamed]
    private partial void Leave(Connection connection, Event done);

    private void LeaveBody(Connection connection, Event done)
    {
        twait(e => connection.Send(new byte[] { 1 }, e));
        twait(e => connection.Receive(Memory<byte>.Empty, e), out int _);
        _left++;
        done.Trigger();
    }
}

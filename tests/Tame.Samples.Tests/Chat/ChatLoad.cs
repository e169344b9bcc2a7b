using System.Net;
using Tame.IO;

namespace Tame.Samples.Tests.Chats;

/// <summary>Many clients at once, ten to a room. Each says one line when all are there, and waits for the lines of its room.</summary>
internal sealed partial class ChatLoad(EndPoint server, int count)
{
    private const int RoomSize = 10;
    private const int Window = 100;
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);
    private readonly List<(Connection Connection, Reader Reader)> _clients = [];

    /// <summary>How many lines the clients got that clients had said.</summary>
    public int Lines { get; private set; }

    [Tamed] public partial void Run(Event done);

    private void RunBody(Event done)
    {
        while (_clients.Count < count)
        {
            int first = _clients.Count;
            using (twait())
            {
                for (int number = first; number < Math.Min(count, first + Window); number++)
                    Join(number, mkevent());
            }
        }
        using (twait())
        {
            for (int i = 0; i < count; i++)
                Talk(_clients[i].Connection, _clients[i].Reader, mkevent());
        }
        foreach (var (connection, _) in _clients)
            connection.Dispose();
        done.Trigger();
    }

    [Tamed] private partial void Join(int number, Event done);

    private void JoinBody(int number, Event done)
    {
        twait(e => Network.Current.Connect(server, e.WithTimeout(s_limit)), out Connection connection);
        var reader = new Reader(connection);
        byte[] greeting = System.Text.Encoding.ASCII.GetBytes($"n{number}\n/join room{number / RoomSize}\n");
        twait(e => connection.Send(greeting, e));
        string entered = $"* n{number} is in room{number / RoomSize}";
        string? line;
        do
            twait(e => reader.ReadLine(e.WithTimeout(s_limit)), out line);
        while (line is not null && line != entered);
        _clients.Add((connection, reader));
        done.Trigger();
    }

    [Tamed] private partial void Talk(Connection connection, Reader reader, Event done);

    private void TalkBody(Connection connection, Reader reader, Event done)
    {
        twait(e => connection.Send("hello\n"u8.ToArray(), e));
        int size = RoomSize;
        for (int got = 0; got < size;)
        {
            twait(e => reader.ReadLine(e.WithTimeout(s_limit)), out string? line);
            if (line is null)
                throw new EndOfStreamException("The server has dropped a client.");
            if (line.EndsWith(": hello", StringComparison.Ordinal))
            {
                got++;
                Lines++;
            }
        }
        reader.Dispose();
        done.Trigger();
    }
}

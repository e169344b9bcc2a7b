using System.Text;
using Tame.IO;

namespace ChatProgram;

/// <summary>
/// Clients in rooms, each on its own connection and all on one thread. The first line of a client is its name. Each further line goes to all clients of its room, or is a command: /join ROOM, /who, /quit.
/// </summary>
/// <remarks>An idle client holds no buffer. A client that reads too slowly is dropped, and the others do not wait for it.</remarks>
public sealed partial class ChatServer(TextWriter log)
{
    private const int LongestLine = 1000;
    private const int MostUnsent = 256 * 1024;
    private static readonly TimeSpan s_idleLimit = TimeSpan.FromMinutes(30);
    private readonly Dictionary<string, HashSet<Member>> _rooms = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The number of clients that have a name.</summary>
    public int Count => _names.Count;

    /// <summary>The number of rooms with a client.</summary>
    public int Rooms => _rooms.Count;

    /// <summary>Serves clients until the listener is closed. The remaining clients then have five seconds to finish.</summary>
    public void Run(Listener listener, Event done) => listener.Serve(
        Talk,
        new ServeOptions { DrainTimeout = TimeSpan.FromSeconds(5), OnFailure = (client, error) => log.WriteLine($"{client.RemoteEndPoint} is lost: {error.Message}") },
        done);

    [Tamed] private partial void Talk(Connection client, Event done);

    private void TalkBody(Connection client, Event done)
    {
        using var reader = new Reader(client, LongestLine);
        using var writer = new Writer(client, MostUnsent);
        Member? member = null;
        try
        {
            while (true)
            {
                twait(e => reader.ReadLine(e.WithTimeout(s_idleLimit)), out string? line);
                if (line is null or "/quit")
                    break;
                if (member is not null)
                    Do(member, line);
                else if (Admit(line, writer) is { } admitted)
                    Enter(member = admitted, "lobby");
            }
        }
        finally
        {
            if (member is not null)
            {
                Leave(member);
                _names.Remove(member.Name);
            }
        }
        twait(e => writer.WhenFlushed(e.WithTimeout(s_idleLimit)));
        done.Trigger();
    }

    private Member? Admit(string name, Writer writer)
    {
        if (name.Length is 0 or > 20 || name.StartsWith('/') || !_names.Add(name))
        {
            Send(writer, "* that name is taken or not valid; try another\n"u8);
            return null;
        }
        return new Member(name, writer);
    }

    private void Do(Member member, string line)
    {
        if (line.StartsWith("/join ", StringComparison.Ordinal))
        {
            Leave(member);
            Enter(member, line["/join ".Length..].Trim());
        }
        else if (line == "/who")
            Send(member.Writer, Encoding.UTF8.GetBytes($"* {string.Join(' ', _rooms[member.Room].Select(other => other.Name).Order())}\n"));
        else
            Tell(member.Room, $"{member.Name}: {line}");
    }

    private void Enter(Member member, string room)
    {
        member.Room = room;
        if (!_rooms.TryGetValue(room, out var members))
            _rooms.Add(room, members = []);
        members.Add(member);
        Tell(room, $"* {member.Name} is in {room}");
    }

    private void Leave(Member member)
    {
        var members = _rooms[member.Room];
        members.Remove(member);
        if (members.Count == 0)
            _rooms.Remove(member.Room);
        else
            Tell(member.Room, $"* {member.Name} has left");
    }

    /// <summary>Encodes the line once for all members.</summary>
    private void Tell(string room, string line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line + "\n");
        foreach (var member in _rooms[room])
            Send(member.Writer, bytes);
    }

    /// <summary>Nothing waits for the flush: data written during a flush is sent with it, and a read reports a broken connection.</summary>
    private static void Send(Writer writer, ReadOnlySpan<byte> line)
    {
        if (writer.Connection.IsClosed)
            return;
        if (writer.IsFull)
        {
            writer.Connection.Abort();
            return;
        }
        writer.Write(line);
        if (!writer.IsFlushing)
            writer.Flush(Event.Ignored);
    }

    private sealed class Member(string name, Writer writer)
    {
        public string Name => name;

        public Writer Writer => writer;

        public string Room { get; set; } = "";
    }
}

using System.Net;
using Tame.IO;

namespace Tame.Samples.Tests;

/// <summary>Runs a tamed test over the system's network, or in virtual time over one in memory.</summary>
internal static class Networked
{
    public static TheoryData<bool> Both => [false, true];

    public static IPEndPoint AnyPort => new(IPAddress.Loopback, 0);

    public static void Run(bool inMemory, Action<Event> test) =>
        EventLoop.Run(done => test(done.WithTimeout(TimeSpan.FromMinutes(10))), inMemory ? new EventLoopOptions { Network = new MemoryNetwork(), VirtualTime = true } : null);
}

/// <summary>A client that talks in lines.</summary>
internal sealed partial class LineClient(Connection connection) : IDisposable
{
    private readonly Reader _reader = new(connection, 1 << 20);

    public Connection Connection => connection;

    [Tamed] public static partial void Connect(EndPoint server, Event<LineClient> connected);

    private static void ConnectBody(EndPoint server, Event<LineClient> connected)
    {
        twait(e => Network.Current.Connect(server, e), out Connection made);
        connected.Trigger(new LineClient(made));
    }

    public void Say(string text, Event said) => connection.Send(System.Text.Encoding.UTF8.GetBytes(text + "\n"), said);

    /// <summary>Gets the next line, or null at the end.</summary>
    public void Hear(Event<string?> line) => _reader.ReadLine(line.WithTimeout(TimeSpan.FromSeconds(20)));

    /// <summary>Gets lines up to one.</summary>
    [Tamed] public partial void HearUntil(string wanted, Event<List<string>> heard);

    private void HearUntilBody(string wanted, Event<List<string>> heard)
    {
        var lines = new List<string>();
        while (lines.Count == 0 || lines[^1] != wanted)
        {
            twait(e => Hear(e), out string? line);
            lines.Add(line ?? throw new EndOfStreamException($"Heard {string.Join('|', lines)}, and never {wanted}."));
        }
        heard.Trigger(lines);
    }

    /// <summary>Gets all lines to the end.</summary>
    [Tamed] public partial void HearAll(Event<List<string>> heard);

    private void HearAllBody(Event<List<string>> heard)
    {
        var lines = new List<string>();
        while (true)
        {
            twait(e => Hear(e), out string? line);
            if (line is null)
                break;
            lines.Add(line);
        }
        heard.Trigger(lines);
    }

    public void Dispose()
    {
        _reader.Dispose();
        connection.Dispose();
    }
}

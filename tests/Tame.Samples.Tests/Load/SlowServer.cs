using Tame.IO;

namespace Tame.Samples.Tests.LoadGenerator;

/// <summary>Answers each request after a time that depends on how many requests came before it on all connections.</summary>
internal sealed partial class SlowServer(Func<int, TimeSpan> delay, string status = "200 OK")
{
    private int _requests;

    /// <summary>The status line of each answer.</summary>
    public Func<string> Status { get; init; } = () => status;

    /// <summary>Whether the connection ends in the place of an answer.</summary>
    public Func<int, bool> EndsBefore { get; init; } = _ => false;

    /// <summary>The first lines of all requests.</summary>
    public List<string> Asked { get; } = [];

    [Tamed] public partial void Serve(Connection connection, Event done);

    private void ServeBody(Connection connection, Event done)
    {
        using var reader = new Reader(connection);
        using var writer = new Writer(connection);
        while (true)
        {
            twait(e => reader.ReadLine(e), out string? line);
            if (line is null)
                break;
            if (line.Length > 0)
            {
                if (line.StartsWith("GET ", StringComparison.Ordinal))
                    Asked.Add(line);
                continue;
            }
            if (EndsBefore(_requests))
            {
                _requests++;
                break;
            }
            if (delay(_requests++) is var time && time > TimeSpan.Zero)
                twait(e => timer(time, e));
            writer.Write($"HTTP/1.1 {Status()}\r\nContent-Length: 2\r\n\r\nok");
            twait(e => writer.Flush(e));
        }
        done.Trigger();
    }
}

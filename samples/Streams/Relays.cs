using Tame.IO;

namespace StreamPrograms;

/// <summary>A client that talks to a server through a relay.</summary>
public static partial class Relays
{
    #region relay
    [Tamed] public static partial void Run(TextWriter output, Event done);

    private static void RunBody(TextWriter output, Event done)
    {
        twait(e => Programs.Pair(e), out Connection client, out Connection near);
        twait(e => Programs.Pair(e), out Connection far, out Connection server);
        using (twait())
        {
            Connections.Relay(near, far, mkevent());
            Talk(client, server, output, mkevent());
        }
        foreach (var connection in new[] { client, near, far, server })
            connection.Dispose();
        done.Trigger();
    }
    #endregion

    [Tamed] private static partial void Talk(Connection client, Connection server, TextWriter output, Event done);

    private static void TalkBody(Connection client, Connection server, TextWriter output, Event done)
    {
        using var atServer = new Reader(server);
        using var atClient = new Reader(client);
        twait(e => client.Send("question\n"u8.ToArray(), e));
        client.CloseSend();
        twait(e => atServer.ReadLine(e), out string? question);
        twait(e => atServer.ReadLine(e), out string? end);
        output.WriteLine($"the server got '{question}', then {(end is null ? "the end" : "more")}");
        twait(e => server.Send("answer\n"u8.ToArray(), e));
        server.CloseSend();
        twait(e => atClient.ReadLine(e), out string? answer);
        output.WriteLine($"the client got '{answer}'");
        done.Trigger();
    }
}

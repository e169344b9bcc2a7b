using Tame.IO;

namespace StreamPrograms;

/// <summary>Connections for code that uses streams and pipes, and a connection made from a stream.</summary>
public static partial class Adapters
{
    #region stream
    [Tamed] public static partial void Run(TextWriter output, Event done);

    private static void RunBody(TextWriter output, Event done)
    {
        twait(e => Programs.Pair(e), out Connection client, out Connection server);
        using Connection peer = Connections.From(server.AsStream());
        using (twait())
        {
            mkevent().Start(_ => Talk(client, output));
            Echo(peer, mkevent());
        }
        done.Trigger();
    }

    private static async Task Talk(Connection connection, TextWriter output)
    {
        await using Stream stream = connection.AsStream();
        await using var writer = new StreamWriter(stream, leaveOpen: true);
        using var reader = new StreamReader(stream, leaveOpen: true);
        await writer.WriteLineAsync("hello");
        await writer.FlushAsync();
        output.WriteLine(await reader.ReadLineAsync());
    }
    #endregion

    [Tamed] private static partial void Echo(Connection connection, Event done);

    private static void EchoBody(Connection connection, Event done)
    {
        using var reader = new Reader(connection);
        using var writer = new Writer(connection);
        twait(e => reader.ReadLine(e), out string? line);
        writer.WriteLine($"{line} yourself");
        twait(e => writer.Flush(e));
        done.Trigger();
    }
}

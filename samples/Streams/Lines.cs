using System.Text;
using Tame.IO;

namespace StreamPrograms;

/// <summary>A writer and a reader.</summary>
public static partial class Lines
{
    [Tamed] public static partial void Run(TextWriter output, Event done);

    private static void RunBody(TextWriter output, Event done)
    {
        twait(e => Programs.Pair(e), out Connection client, out Connection server);
        using (client)
        using (server)
        using (twait())
        {
            Send(client, mkevent());
            Print(server, output, mkevent());
        }
        done.Trigger();
    }

    #region send
    [Tamed] private static partial void Send(Connection connection, Event done);

    private static void SendBody(Connection connection, Event done)
    {
        using var writer = new Writer(connection);
        writer.WriteLine("first");
        writer.WriteLine();
        writer.Write("no "u8);
        writer.Write("line end");
        twait(e => writer.Flush(e));
        connection.CloseSend();
        done.Trigger();
    }
    #endregion

    #region print
    [Tamed] private static partial void Print(Connection connection, TextWriter output, Event done);

    private static void PrintBody(Connection connection, TextWriter output, Event done)
    {
        using var reader = new Reader(connection, limit: 1000);
        while (true)
        {
            if (reader.TryReadLine(out var line))
                output.WriteLine($"[{Encoding.UTF8.GetString(line.Span)}]");
            else if (reader.IsEnded)
                break;
            else
                twait(e => reader.Fill(e.WithTimeout(TimeSpan.FromSeconds(10))));
        }
        output.WriteLine("the end");
        done.Trigger();
    }
    #endregion
}

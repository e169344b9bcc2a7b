using System.Net;
using Tame.IO;

namespace StreamPrograms;

/// <summary>A server with a limit, a handler that fails, and a drain.</summary>
public static partial class Servers
{
    #region serve
    [Tamed] public static partial void Run(TextWriter output, Event done);

    private static void RunBody(TextWriter output, Event done)
    {
        var listener = Network.Current.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        var options = new ServeOptions
        {
            MaxConnections = 100,
            DrainTimeout = TimeSpan.FromSeconds(5),
            OnFailure = (_, error) => output.WriteLine($"a handler failed: {error.Message}"),
        };
        using (twait())
        {
            listener.Serve(Answer, options, mkevent());
            Ask(listener, ["2", "two", "3"], output, mkevent());
        }
        output.WriteLine("all handlers have ended");
        done.Trigger();
    }

    [Tamed] private static partial void Answer(Connection connection, Event done);

    private static void AnswerBody(Connection connection, Event done)
    {
        using var reader = new Reader(connection);
        using var writer = new Writer(connection);
        twait(e => reader.ReadLine(e.WithTimeout(TimeSpan.FromSeconds(10))), out string? line);
        if (!int.TryParse(line, out int number))
            throw new FormatException($"'{line}' is no number");
        writer.WriteLine($"{number * number}");
        twait(e => writer.Flush(e));
        done.Trigger();
    }
    #endregion

    [Tamed] private static partial void Ask(Listener listener, string[] questions, TextWriter output, Event done);

    private static void AskBody(Listener listener, string[] questions, TextWriter output, Event done)
    {
        foreach (string question in questions)
        {
            twait(e => Network.Current.Connect(listener.LocalEndPoint, e), out Connection connection);
            using var closed = connection;
            using var reader = new Reader(connection);
            using var writer = new Writer(connection);
            writer.WriteLine(question);
            twait(e => writer.Flush(e));
            try
            {
                twait(e => reader.ReadLine(e), out string? answer);
                output.WriteLine($"{question}: {answer}");
            }
            catch (System.Net.Sockets.SocketException error)
            {
                output.WriteLine($"{question}: {error.SocketErrorCode}");
            }
        }
        listener.Dispose();
        done.Trigger();
    }
}

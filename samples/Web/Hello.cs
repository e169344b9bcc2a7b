using System.Net;

namespace WebPrograms;

internal static partial class Hello
{
    #region hello
    [Tamed] public static partial void Run(TextWriter output, Event done);

    private static void RunBody(TextWriter output, Event done)
    {
        var listener = Network.Current.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        using (twait())
        {
            listener.ServeHttp(Answer, null, mkevent());
            AskAndStop(listener, output, mkevent());
        }
        done.Trigger();
    }

    [Tamed] private static partial void Answer(HttpExchange exchange, Event done);

    private static void AnswerBody(HttpExchange exchange, Event done)
    {
        twait(e => timer(TimeSpan.FromMilliseconds(10), e));   // ask a database, for example
        exchange.Response.AddField("Content-Type", "text/plain; charset=utf-8");
        exchange.Response.Write($"hello {exchange.Request.Path}\n");
        done.Trigger();
    }
    #endregion

    [Tamed] private static partial void AskAndStop(Listener listener, TextWriter output, Event done);

    private static void AskAndStopBody(Listener listener, TextWriter output, Event done)
    {
        twait(e => Programs.Ask(listener.LocalEndPoint, "GET /world HTTP/1.1\r\nHost: localhost\r\n\r\n", output, e));
        listener.Dispose();
        done.Trigger();
    }
}

using System.Net;

namespace WebPrograms;

internal static partial class Uploads
{
    [Tamed] public static partial void Run(TextWriter output, Event done);

    private static void RunBody(TextWriter output, Event done)
    {
        var listener = Network.Current.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        using (twait())
        {
            listener.ServeHttp(Count, new HttpServerOptions { MaxBodyBytes = 1000 }, mkevent());
            AskAndStop(listener, output, mkevent());
        }
        done.Trigger();
    }

    #region upload
    [Tamed] private static partial void Count(HttpExchange exchange, Event done);

    private static void CountBody(HttpExchange exchange, Event done)
    {
        var request = exchange.Request;
        if (request.Method != "PUT")
        {
            exchange.Response.Status = 405;
            exchange.Response.AddField("Allow", "PUT");
            done.Trigger();
            return;
        }
        byte[] buffer = new byte[4096];
        int lines = 0, count;
        do
        {
            twait(e => request.Read(buffer, e), out count);
            lines += buffer.AsSpan(0, count).Count((byte)'\n');
        }
        while (count != 0);
        exchange.Response.Write($"{lines} lines\n");
        done.Trigger();
    }
    #endregion

    [Tamed] private static partial void AskAndStop(Listener listener, TextWriter output, Event done);

    private static void AskAndStopBody(Listener listener, TextWriter output, Event done)
    {
        var server = listener.LocalEndPoint;
        twait(e => Programs.Ask(server, "PUT / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n4\r\na\nb\n\r\n2\r\nc\n\r\n0\r\n\r\n", output, e));
        twait(e => Programs.Ask(server, "PUT / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1001\r\n\r\n", output, e));
        listener.Dispose();
        done.Trigger();
    }
}

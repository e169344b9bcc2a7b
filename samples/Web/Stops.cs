using System.Net;
using Tame.IO;

namespace WebPrograms;

internal static partial class Stops
{
    #region stop
    [Tamed] public static partial void Run(TextWriter output, Event done);

    private static void RunBody(TextWriter output, Event done)
    {
        var listener = Network.Current.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        var options = new HttpServerOptions { Connections = new ServeOptions { MaxConnections = 100, DrainTimeout = TimeSpan.FromSeconds(5) } };
        using (twait())
        {
            listener.ServeHttp(Slow, options, mkevent());
            Programs.Ask(listener.LocalEndPoint, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", output, mkevent());
            StopAfter(TimeSpan.FromMilliseconds(100), listener, mkevent());
        }
        output.WriteLine("all answers are sent");
        done.Trigger();
    }

    [Tamed] private static partial void StopAfter(TimeSpan time, Listener listener, Event done);

    private static void StopAfterBody(TimeSpan time, Listener listener, Event done)
    {
        twait(e => timer(time, e));     // or a signal: signal(PosixSignal.SIGTERM, e)
        listener.Dispose();
        done.Trigger();
    }
    #endregion

    [Tamed] private static partial void Slow(HttpExchange exchange, Event done);

    private static void SlowBody(HttpExchange exchange, Event done)
    {
        twait(e => timer(TimeSpan.FromMilliseconds(300), e));
        exchange.Response.Write("slow\n"u8);
        done.Trigger();
    }
}

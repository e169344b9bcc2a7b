using System.Net;

namespace WebPrograms;

internal static partial class Ticks
{
    [Tamed] public static partial void Run(TextWriter output, Event done);

    private static void RunBody(TextWriter output, Event done)
    {
        var listener = Network.Current.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        using (twait())
        {
            listener.ServeHttp(Tick, null, mkevent());
            Programs.Ask(listener.LocalEndPoint, "GET / HTTP/1.0\r\n\r\n", output, mkevent());
            StopAfter(TimeSpan.FromMilliseconds(1250), listener, mkevent());
        }
        done.Trigger();
    }

    [Tamed] private static partial void StopAfter(TimeSpan time, Listener listener, Event done);

    private static void StopAfterBody(TimeSpan time, Listener listener, Event done)
    {
        twait(e => timer(time, e));
        listener.Dispose();
        done.Trigger();
    }

    #region events
    [Tamed] private static partial void Tick(HttpExchange exchange, Event done);

    private static void TickBody(HttpExchange exchange, Event done)
    {
        exchange.Response.StartEvents();
        for (int i = 0; !exchange.IsStopping; i++)
        {
            exchange.Response.WriteEvent($"{i}", name: "tick");
            twait(e => exchange.Response.Flush(e));
            using var first = new Rendezvous();
            timer(TimeSpan.FromMilliseconds(500), mkevent(first));
            exchange.WhenStopping(mkevent(first));
            twait(first);
        }
        exchange.Response.WriteEvent("bye");
        done.Trigger();
    }
    #endregion
}

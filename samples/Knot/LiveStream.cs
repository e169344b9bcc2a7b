using System.Globalization;
using System.Text;
using Knot.Http;
using Tame.Http;

namespace Knot;

/// <summary>Sends the numbers of the server to a page, as server-sent events.</summary>
/// <remarks>
/// It reads counters that the server has anyway, and sets a timer only while a page is open. A stream sends the next numbers after the client has taken the last ones, so a client that does not read costs one event.
/// Knot serves no file whose name begins with a dot, so the path hides none, and requests for files are not compared with it.
/// </remarks>
internal sealed partial class LiveStream(Server server)
{
    public const string Path = "/.live";

    private static readonly PreparedResponse s_full = new(503, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(StatusPages.Html("503 Service Unavailable", "<p>Too many pages show the numbers of this server.</p>")),
        new KeyValuePair<string, string>("Retry-After", "60"));

    private int _open;

    private enum Next
    {
        Sent,
        Due,
        Stop,
    }

    public static bool IsFor(HttpRequest request) => request.PathBytes.SequenceEqual("/.live"u8);

    public void Answer(HttpExchange exchange, bool isGet, Event done)
    {
        if (isGet && _open < server.Options.MaxLive)
        {
            Stream(exchange, done);
            return;
        }
        if (isGet)
            exchange.Response.Answer(s_full);
        else
            exchange.Response.StartEvents();
        done.Trigger();
    }

    /// <summary>Ends when the server stops. If the client has not taken the last numbers by then, its connection is reset.</summary>
    [Tamed] private partial void Stream(HttpExchange exchange, Event done);

    private void StreamBody(HttpExchange exchange, Event done)
    {
        using var events = new Rendezvous<Next>();
        var time = EventLoop.Current!.TimeProvider;
        _open++;
        try
        {
            exchange.Response.StartEvents();
            exchange.WhenStopping(mkevent(events, Next.Stop));
            (long Requests, long Time)? last = null;
            Next next;
            do
            {
                var now = (server.Totals.Requests, Time: time.GetTimestamp());
                double? rate = last is { } before ? (now.Requests - before.Requests) / time.GetElapsedTime(before.Time, now.Time).TotalSeconds : null;
                exchange.Response.WriteEvent(Json(time.GetElapsedTime(server.Totals.Start, now.Time), now.Requests, rate));
                last = now;
                exchange.Response.Flush(mkevent(events, Next.Sent));
                twait(events, out next);
                if (next == Next.Sent)
                {
                    timer(server.Options.LiveInterval, mkevent(events, Next.Due));
                    twait(events, out next);
                }
            }
            while (next != Next.Stop);
        }
        finally
        {
            _open--;
        }
        done.Trigger();
    }

    /// <param name="uptime">The time since the server began to serve.</param>
    /// <param name="requests">Answered requests since then.</param>
    /// <param name="rate">Requests a second since the last event; null in the first one.</param>
    private string Json(TimeSpan uptime, long requests, double? rate) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"uptime":{{uptime.TotalSeconds:F3}},"requests":{{requests}},"perSecond":{{(rate is { } value ? value.ToString("F1", CultureInfo.InvariantCulture) : "null")}},"connections":{{server.Totals.Active}},"loops":{{server.Totals.Loops}}}""");
}

using System.Net;
using Tame.Http;

namespace Tame.Dashboards.Serving;

/// <summary>Connects the page's server with Tame.Http.</summary>
internal sealed partial class HttpFront(Site site)
{
    [Tamed] public partial void Answer(HttpExchange exchange, Event done);

    private void AnswerBody(HttpExchange exchange, Event done)
    {
        var request = Read(exchange);
        foreach (var (name, value) in DashboardAnswer.Fields)
            exchange.Response.AddField(name, value);
        if (Site.IsStream(request) && site.Refuse(request) is null)
        {
            twait(e => Stream(exchange, request, e));
        }
        else
        {
            twait(e => site.Answer(request, e), out DashboardAnswer answer);
            Write(exchange, answer);
        }
        done.Trigger();
    }

    [Tamed] private partial void Stream(HttpExchange exchange, DashboardRequest request, Event done);

    private void StreamBody(HttpExchange exchange, DashboardRequest request, Event done)
    {
        var response = exchange.Response;
        var viewer = site.Open(request);
        if (viewer is null)
        {
            Write(exchange, DashboardAnswer.Text(503, "Too many pages are open."));
            done.Trigger();
            return;
        }
        try
        {
            response.StartEvents();
            response.WriteEvent(site.Past(), "past");
            twait(e => response.Flush(e));
            var feed = new EventFeed(viewer);
            while (!exchange.IsStopping && !site.IsStopping)
            {
                using (var first = new Rendezvous())
                {
                    site.WhenPainted(mkevent(first));
                    exchange.WhenStopping(mkevent(first));
                    twait(first);
                }
                foreach (var (name, data) in feed.Next())
                    response.WriteEvent(data, name);
                // While a page does not read, this waits, and the frames between are skipped.
                twait(e => response.Flush(e));
            }
        }
        finally
        {
            site.Close(viewer);
        }
        done.Trigger();
    }

    private static DashboardRequest Read(HttpExchange exchange) => new(exchange.Request.Method, exchange.Request.Path)
    {
        Query = exchange.Request.Query,
        Host = exchange.Request.Host,
        Remote = (exchange.Connection.RemoteEndPoint as IPEndPoint)?.Address,
        Token = exchange.Request.Fields["X-Tame-Token"],
        Site = exchange.Request.Fields["Sec-Fetch-Site"],
    };

    private static void Write(HttpExchange exchange, DashboardAnswer answer)
    {
        exchange.Response.Status = answer.Status;
        exchange.Response.AddField("Content-Type", answer.ContentType);
        exchange.Response.AddField("Cache-Control", "no-store");
        if (answer.Allow is { } allow)
            exchange.Response.AddField("Allow", allow);
        exchange.Response.Write(answer.Body.Span);
    }
}

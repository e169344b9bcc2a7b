using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Tame.AspNetCore;
using Tame.Dashboards.Figures;
using Tame.Dashboards.Serving;

namespace Tame.Dashboards;

/// <summary>Connects the page's server with ASP.NET Core. Requests run on any thread.</summary>
internal sealed class EndpointFront(EventLoop? chosen, DashboardOptions options, Access access, CancellationToken stopping)
{
    private readonly Lock _lock = new();
    private EventLoop? _loop = chosen;
    private Site? _site;

    public async Task Answer(HttpContext context)
    {
        var request = Read(context);
        if (SiteFor(context) is not { } site)
        {
            await Write(context, DashboardAnswer.Text(503, "There is no loop to show. Call UseTame, or pass a loop to MapTame.")).ConfigureAwait(false);
            return;
        }
        if (context.Request.RouteValues["path"] is null && context.Request.Path.Value is { } path && !path.EndsWith('/'))
        {
            // The page's relative links refer to the folder next to it.
            context.Response.Redirect($"{context.Request.PathBase}{path}/");
            return;
        }
        foreach (var (name, value) in DashboardAnswer.Fields)
            context.Response.Headers[name] = value;
        if (Site.IsStream(request) && site.Refuse(request) is null)
            await Stream(context, site, request).ConfigureAwait(false);
        else
            await Write(context, await _loop!.InvokeAsync<DashboardAnswer>(e => site.Answer(request, e), context.RequestAborted).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private Site? SiteFor(HttpContext context)
    {
        lock (_lock)
        {
            _loop ??= context.Features.Get<IConnectionLoopFeature>()?.EventLoop;
            if (_site is null && _loop is { } loop)
            {
                var site = _site = new Site(new LoopReadings(loop), options, loop.TimeProvider, access);
                loop.Post(site.Read);
            }
            return _site;
        }
    }

    private async Task Stream(HttpContext context, Site site, DashboardRequest request)
    {
        if (site.Open(request) is not { } viewer)
        {
            await Write(context, DashboardAnswer.Text(503, "Too many pages are open.")).ConfigureAwait(false);
            return;
        }
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "no-store";
            context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            string past = await _loop!.InvokeAsync<string>(e => e.Trigger(site.Past()), ends.Token).ConfigureAwait(false);
            await Write(context, [("past", past)], ends.Token).ConfigureAwait(false);
            var feed = new EventFeed(viewer);
            while (!site.IsStopping)
            {
                await site.NextFrames.WaitAsync(ends.Token).ConfigureAwait(false);
                // While a page does not read, this waits, and the frames between are skipped.
                await Write(context, feed.Next(), ends.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            // The page was closed, or the application stops.
        }
        finally
        {
            site.Close(viewer);
        }
    }

    private static DashboardRequest Read(HttpContext context) => new(context.Request.Method, $"/{context.Request.RouteValues["path"]}")
    {
        Query = context.Request.QueryString.Value is { Length: > 0 } query ? query[1..] : "",
        Host = context.Request.Host.Value,
        Remote = context.Connection.RemoteIpAddress,
        Token = context.Request.Headers["X-Tame-Token"].FirstOrDefault(),
        Site = context.Request.Headers["Sec-Fetch-Site"].FirstOrDefault(),
    };

    private static async Task Write(HttpContext context, List<(string Name, string Data)> events, CancellationToken token)
    {
        var text = new StringBuilder();
        foreach (var (name, data) in events)
            text.Append("event: ").Append(name).Append("\ndata: ").Append(data.Replace("\n", "\ndata: ", StringComparison.Ordinal)).Append("\n\n");
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), token).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(token).ConfigureAwait(false);
    }

    private static async Task Write(HttpContext context, DashboardAnswer answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        context.Response.Headers.CacheControl = "no-store";
        if (answer.Allow is { } allow)
            context.Response.Headers.Allow = allow;
        context.Response.ContentLength = answer.Body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted).ConfigureAwait(false);
    }
}

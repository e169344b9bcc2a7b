using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Tame.AspNetCore;

/// <summary>Keeps requests on the loop of their connection if the options say so. It runs before all other middleware.</summary>
internal sealed class LoopStartupFilter(IOptions<TameTransportOptions> options) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next)
    {
        if (!options.Value.KeepHandlersOnLoop)
            return next;
        return app =>
        {
            app.Use(pipeline => context => Run(context, pipeline));
            next(app);
        };
    }

    /// <summary>Moves the request to the loop: HTTP/2 requests, and a first request that arrived early, begin on the thread pool.</summary>
    private static Task Run(HttpContext context, RequestDelegate pipeline)
    {
        if (context.Features.Get<IConnectionLoopFeature>()?.EventLoop is not { } loop)
            return pipeline(context);
        return LoopThread.HasEntered(loop) ? RunHere(loop, context, pipeline) : loop.InvokeAsync(() => pipeline(context));
    }

    private static Task RunHere(EventLoop loop, HttpContext context, RequestDelegate pipeline)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(loop.SynchronizationContext);
        try
        {
            return pipeline(context);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }
}

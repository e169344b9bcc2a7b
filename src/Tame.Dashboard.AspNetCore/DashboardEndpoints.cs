using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tame.Dashboards.Serving;

namespace Tame.Dashboards;

/// <summary>Maps the dashboard into an ASP.NET Core application.</summary>
public static class DashboardEndpoints
{
    /// <summary>Serves the page of a loop below a path, and logs the token that changes need.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The path, for example <c>/tame</c>.</param>
    /// <param name="loop">The loop to show; null for the loop that serves the first request for the page, which needs <c>UseTame</c>.</param>
    /// <param name="options">The allowed requests, and the title of the page; null for the defaults: only programs of this machine.</param>
    /// <returns>A builder for further conventions, such as authorization.</returns>
    /// <exception cref="ArgumentNullException">The application or the pattern is null.</exception>
    public static IEndpointConventionBuilder MapTame(this IEndpointRouteBuilder endpoints, string pattern, EventLoop? loop = null, DashboardOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        var lifetime = endpoints.ServiceProvider.GetRequiredService<Microsoft.Extensions.Hosting.IHostApplicationLifetime>();
        var access = new Access(options ?? new DashboardOptions());
        var front = new EndpointFront(loop, options ?? new DashboardOptions(), access, lifetime.ApplicationStopping);
        DashboardLog.Mapped(endpoints.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger("Tame.Dashboard"), pattern, access.Token);
        return endpoints.Map($"{pattern.TrimEnd('/')}/{{**path}}", front.Answer);
    }
}

internal static partial class DashboardLog
{
    [LoggerMessage(1, LogLevel.Information, "The dashboard at {Pattern} accepts changes with the token {Token}. Add #token={Token} to its address.")]
    public static partial void Mapped(ILogger logger, string pattern, string token);
}

using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Tame.AspNetCore;

/// <summary>Runs Kestrel on Tame's event loops.</summary>
public static class TameWebHostBuilderExtensions
{
    /// <summary>Makes Kestrel run its connections on Tame's event loops. Their threads start when it binds and end when it stops.</summary>
    /// <param name="builder">The builder, for example <c>WebApplicationBuilder.WebHost</c>.</param>
    /// <param name="configure">Sets options; null for the defaults.</param>
    /// <returns>The builder.</returns>
    /// <remarks>On Linux. On other systems the server fails to start with a <see cref="PlatformNotSupportedException"/>. HTTP/3 is not affected: it has no TCP connections.</remarks>
    public static IWebHostBuilder UseTame(this IWebHostBuilder builder, Action<TameTransportOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.ConfigureServices(services =>
        {
            services.AddSingleton<IConnectionListenerFactory, TransportFactory>();
            services.AddSingleton<IStartupFilter, LoopStartupFilter>();
            if (configure is not null)
                services.Configure(configure);
        });
    }
}

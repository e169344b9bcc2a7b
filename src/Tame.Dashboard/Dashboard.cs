using System.Net;
using Tame.Dashboards.Figures;
using Tame.Dashboards.Serving;

namespace Tame.Dashboards;

/// <summary>A page that shows an event loop at work.</summary>
public static class Dashboard
{
    /// <summary>Serves the page of a loop on the loop itself, and prints its address with the token that changes need.</summary>
    /// <param name="loop">The loop, on its thread.</param>
    /// <param name="port">The port to listen on; 0 picks a free one.</param>
    /// <param name="options">Where it listens and its title; null for the defaults: only on the loopback address.</param>
    /// <returns>The server. It ends with the loop, or when it is disposed of.</returns>
    /// <exception cref="ArgumentNullException">The loop is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The port is negative or larger than 65,535.</exception>
    /// <exception cref="InvalidOperationException">This is not the loop's thread, or another loop is current on it.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The port is not available.</exception>
    /// <remarks>Call it on the loop, for example at the beginning of main. It reads the loop twice a second, and draws on other threads.</remarks>
    public static DashboardServer Start(EventLoop loop, int port, DashboardOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(loop);
        return Start(loop, new LoopReadings(loop), port, options ?? new DashboardOptions());
    }

    internal static DashboardServer Start(EventLoop loop, ILoopFigures figures, int port, DashboardOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(port);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, IPEndPoint.MaxPort);
        if (EventLoop.Current != loop)
            throw new InvalidOperationException("Start a dashboard on the thread of its loop. From another thread, use loop.Post.");
        var listener = Network.Current.Listen(new IPEndPoint(options.Host, port));
        var server = new DashboardServer(listener, new Site(figures, options, loop.TimeProvider, new Access(options)));
        server.Begin();
        options.Output?.WriteLine($"dashboard: {server.Address}#token={server.Token}");
        return server;
    }
}

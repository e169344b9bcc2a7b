using System.Net.Sockets;

namespace Tame.IO;

/// <summary>Options of <see cref="Serving.Serve"/>.</summary>
public sealed record ServeOptions
{
    /// <summary>The largest number of open connections; further ones wait to be accepted. No limit by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public int MaxConnections
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = int.MaxValue;

    /// <summary>How long handlers may continue when serving ends, before their connections are aborted. 30 seconds by default; <see cref="Timeout.InfiniteTimeSpan"/> is no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative and not infinite.</exception>
    public TimeSpan DrainTimeout
    {
        get;
        init
        {
            if (value != Timeout.InfiniteTimeSpan)
                ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Called when a handler has failed, with its connection, which is already closed, and the failure. If this function throws, the server ends: its connections are closed, and the event of <see cref="Serving.Serve"/> fails.
    /// By default failures are written to standard error, unless the peer dropped its connection.
    /// </summary>
    public Action<Connection, Exception>? OnFailure { get; init; }

    /// <summary>
    /// Called once, on the loop's thread, when serving ends and the server begins to wait for the handlers. If connections of a protocol are idle between requests, end the idle connections here. An exception closes all connections, and the
    /// event of <see cref="Serving.Serve"/> fails.
    /// </summary>
    public Action? OnDrain { get; init; }

    /// <summary>Called with each connection before its handler, on the loop's thread. An exception ends the server.</summary>
    public Action<Connection>? OnOpened { get; init; }

    /// <summary>Called with each connection when its handler has ended and it is closed, on the loop's thread. An exception ends the server.</summary>
    public Action<Connection>? OnClosed { get; init; }

    internal void Report(Connection connection, Exception error)
    {
        if (OnFailure is { } report)
            report(connection, error);
        else if (error is not SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown or SocketError.TimedOut })
            Console.Error.WriteLine($"The handler of the connection from {connection.RemoteEndPoint} failed: {error}");
    }
}

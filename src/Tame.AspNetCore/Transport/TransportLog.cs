using Microsoft.Extensions.Logging;

namespace Tame.AspNetCore;

/// <summary>The log messages of the transport, under the category of this namespace.</summary>
internal static partial class TransportLog
{
    [LoggerMessage(1, LogLevel.Debug, "Connection {ConnectionId} was reset by its peer.")]
    public static partial void Reset(ILogger logger, string connectionId);

    [LoggerMessage(2, LogLevel.Debug, "Connection {ConnectionId} failed.")]
    public static partial void Failed(ILogger logger, string connectionId, Exception error);

    [LoggerMessage(3, LogLevel.Debug, "Connection {ConnectionId} closes: {Reason}")]
    public static partial void Closing(ILogger logger, string connectionId, string reason);

    [LoggerMessage(4, LogLevel.Warning, "No connection can be accepted: the process or the system is out of descriptors or memory. Accepting pauses for {Milliseconds} ms.")]
    public static partial void Pauses(ILogger logger, int milliseconds, Exception error);

    [LoggerMessage(5, LogLevel.Debug, "A connection was lost before it was accepted.")]
    public static partial void Lost(ILogger logger, Exception error);
}

using System.Net.Sockets;

namespace Tame;

/// <summary>Classifies failures of an accept for the listener.</summary>
internal static class AcceptFailures
{
    /// <summary>The process or the system has run out of file descriptors or memory. Waiting connections continue to wait.</summary>
    public static bool MustPause(Exception? error) => error is SocketException { SocketErrorCode: SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable };

    /// <summary>One connection could not be accepted: on Linux, accept reports errors of the network and of peers that left.</summary>
    public static bool MayGoOn(Exception? error) => error is SocketException
    {
        SocketErrorCode: SocketError.ConnectionAborted or SocketError.ConnectionReset or SocketError.Interrupted or SocketError.NetworkDown or SocketError.NetworkUnreachable
            or SocketError.HostDown or SocketError.HostUnreachable or SocketError.ProtocolNotSupported or SocketError.OperationNotSupported or SocketError.TimedOut,
    };
}

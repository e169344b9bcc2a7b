using System.Net.Sockets;

namespace Tame.IO;

/// <summary>Maps the errors of Linux to those of .NET.</summary>
internal static class LinuxErrors
{
    public const int Interrupted = 4;
    public const int NoPermission = 1;
    private const int Again = 11;

    /// <summary>Errors of a single connection in the backlog: that connection has failed, and the next one may be fine.</summary>
    public static bool IsOfLostConnection(int error) => error is Interrupted or 71 /* EPROTO */ or 92 /* ENOPROTOOPT */ or 103 /* ECONNABORTED */;

    public static SocketError Last() => Map(SocketCalls.LastError);

    public static SocketError Map(int error) => error switch
    {
        0 => SocketError.Success,
        NoPermission or 13 => SocketError.AccessDenied,
        2 => SocketError.AddressNotAvailable, // ENOENT: a Unix domain socket that does not exist
        Interrupted => SocketError.Interrupted,
        9 or 125 => SocketError.OperationAborted,
        Again => SocketError.WouldBlock,
        12 or 105 => SocketError.NoBufferSpaceAvailable,
        14 => SocketError.Fault,
        22 => SocketError.InvalidArgument,
        23 or 24 => SocketError.TooManyOpenSockets,
        32 or 108 => SocketError.Shutdown,
        88 => SocketError.NotSocket,
        89 => SocketError.DestinationAddressRequired,
        90 => SocketError.MessageSize,
        91 => SocketError.ProtocolType,
        92 => SocketError.ProtocolOption,
        93 => SocketError.ProtocolNotSupported,
        94 => SocketError.SocketNotSupported,
        95 => SocketError.OperationNotSupported,
        96 => SocketError.ProtocolFamilyNotSupported,
        97 => SocketError.AddressFamilyNotSupported,
        98 => SocketError.AddressAlreadyInUse,
        99 => SocketError.AddressNotAvailable,
        100 => SocketError.NetworkDown,
        101 => SocketError.NetworkUnreachable,
        102 => SocketError.NetworkReset,
        103 => SocketError.ConnectionAborted,
        104 => SocketError.ConnectionReset,
        106 => SocketError.IsConnected,
        107 => SocketError.NotConnected,
        110 => SocketError.TimedOut,
        111 => SocketError.ConnectionRefused,
        112 => SocketError.HostDown,
        113 => SocketError.HostUnreachable,
        114 => SocketError.AlreadyInProgress,
        115 => SocketError.InProgress,
        _ => SocketError.SocketError,
    };
}

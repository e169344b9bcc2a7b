using System.Net;
using System.Net.Sockets;

namespace Tame;

/// <summary>The messages for failures and incorrect use of network operations. Each says what is wrong, where, and what to do.</summary>
internal static class NetworkErrors
{
    public static InvalidOperationException NoPackage() => new(
        "This loop has no network. Add the package Tame.IO, which brings the system's network and files, or set EventLoopOptions.Network.");

    public static ArgumentException EventOfAnotherLoop(string parameter) => new(
        "The event belongs to another loop. An operation completes an event of its own loop only, since what it took would be lost where the other loop finds the event complete. " +
        "Make the event on this loop, and trigger the other one from there.",
        parameter);

    public static InvalidOperationException UnderWay(string operation, string owner) => new(
        $"A {operation} is under way on this {owner}. Wait for its event before you start the next one, or cancel it.");

    public static InvalidOperationException SendClosed() => new(
        "Sending was closed on this connection by CloseSend, which told the peer that no more bytes come.");

    public static IOException BrokenOff(long sent) => new(
        $"The last send on this connection was broken off after {sent} bytes, by a time limit or a cancellation. The peer would take what follows for the rest of it: abort the connection.");

    public static EndOfStreamException FileEnds(long offset, long count) => new(
        $"The file ends at byte {offset}, and {count} more bytes of it were to be sent. Do not shorten a file while it is sent.");

    public static ObjectDisposedException Closed(object owner, string what) => new(
        owner.GetType().FullName,
        $"The {what} is closed. Operations that are under way when a {what} is closed, and later ones, end so.");

    public static SocketException Failed(string what, Connection connection, SocketError error) =>
        Failed($"{what} {Text(connection.RemoteEndPoint)}", error);

    /// <summary>The failure of an operation with that description, such as "connecting to 127.0.0.1:80".</summary>
    public static SocketException Failed(string what, SocketError error) =>
        new((int)error, $"{char.ToUpperInvariant(what[0])}{what[1..]} failed: {new SocketException((int)error).Message} ({error}). {Advice(error)}".TrimEnd());

    private static string Text(EndPoint? endPoint) => endPoint?.ToString() ?? "an unknown address";

    private static string Advice(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => "Nothing listens there: look at the address, and whether the server runs.",
        SocketError.ConnectionReset => "The peer dropped the connection with bytes under way: it ended, or closed before it had read everything.",
        SocketError.AddressAlreadyInUse => "Another socket has this address: stop the program that uses it, or choose another port.",
        SocketError.AddressNotAvailable => "No interface of this machine has that address.",
        SocketError.AccessDenied => "This user may not: ports below 1024 and files of others need rights.",
        SocketError.TooManyOpenSockets => "This process has as many descriptors open as it may: close some, or raise `ulimit -n`.",
        SocketError.HostNotFound or SocketError.NoData => "Look at the spelling of the name, and at the name servers of this machine.",
        SocketError.TimedOut or SocketError.HostUnreachable or SocketError.NetworkUnreachable => "No answer came: look at the address and at the route to it.",
        SocketError.MessageSize => "The datagram is larger than the network takes: send less at a time.",
        _ => "",
    };
}

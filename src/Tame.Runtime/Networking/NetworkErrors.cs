using System.Net;
using System.Net.Sockets;

namespace Tame;

/// <summary>The messages for failures and incorrect use of network operations. Each says what is wrong, where, and what to do.</summary>
internal static class NetworkErrors
{
    public static InvalidOperationException NoPackage() => new(
        "This loop has no network. Add the package Tame.IO, which has the system's network and files, or set EventLoopOptions.Network.");

    public static ArgumentException EventOfAnotherLoop(string parameter) => new(
        "The event belongs to another loop. An operation can complete only an event of its loop: if the other loop found the event already complete, the operation's result would be lost. " +
        "Create an event on this loop, and trigger the other one when it completes.",
        parameter);

    public static InvalidOperationException UnderWay(string operation, string owner) => new(
        $"Another {operation} is already in progress on this {owner}. Wait for its event before you start the next one, or cancel it.");

    public static InvalidOperationException SendClosed() => new(
        "CloseSend has closed this connection for sending. It tells the peer that no more bytes follow.");

    public static IOException BrokenOff(long sent) => new(
        $"The last send on this connection stopped after {sent} bytes, because of a time limit or a cancellation. The peer would read later bytes as the rest of it. Abort the connection.");

    public static EndOfStreamException FileEnds(long offset, long count) => new(
        $"The file ends at byte {offset}, and {count} more bytes of it should have been sent. Do not shorten a file while it is being sent.");

    public static ObjectDisposedException Closed(object owner, string what) => new(
        owner.GetType().FullName,
        $"The {what} is closed. Operations in progress at that time, and later ones, fail with this exception.");

    public static SocketException Failed(string what, Connection connection, SocketError error) =>
        Failed($"{what} {Text(connection.RemoteEndPoint)}", error);

    /// <summary>The failure of an operation with that description, such as "connecting to 127.0.0.1:80".</summary>
    public static SocketException Failed(string what, SocketError error) =>
        new((int)error, $"{char.ToUpperInvariant(what[0])}{what[1..]} failed: {new SocketException((int)error).Message} ({error}). {Advice(error)}".TrimEnd());

    private static string Text(EndPoint? endPoint) => endPoint?.ToString() ?? "an unknown address";

    private static string Advice(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => "Nothing listens there: check the address, and whether the server is running.",
        SocketError.ConnectionReset => "The peer dropped the connection while bytes were in transit: it ended, or closed the connection before it had read everything.",
        SocketError.AddressAlreadyInUse => "Another socket has this address: stop the program that uses it, or choose another port.",
        SocketError.AddressNotAvailable => "No interface of this machine has that address.",
        SocketError.AccessDenied => "This user lacks the permission: ports below 1024 and other users' files need it.",
        SocketError.TooManyOpenSockets => "This process has as many open descriptors as its limit allows: close some, or raise `ulimit -n`.",
        SocketError.HostNotFound or SocketError.NoData => "Check the spelling of the name, and this machine's name servers.",
        SocketError.TimedOut or SocketError.HostUnreachable or SocketError.NetworkUnreachable => "No answer arrived: check the address and the route to it.",
        SocketError.MessageSize => "The datagram is larger than the network allows: send less at a time.",
        _ => "",
    };
}

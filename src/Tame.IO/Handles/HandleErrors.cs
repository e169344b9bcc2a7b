namespace Tame.IO;

/// <summary>Error messages for handles that cannot be passed: what, where, what to do.</summary>
internal static class HandleErrors
{
    public static ArgumentException NoBytes(string parameter) => new("Handles are sent with bytes: the buffer must hold at least one byte.", parameter);

    public static ArgumentException TooMany(int count, string parameter) => new(
        $"These are {count} handles, and the system passes at most {HandleMessage.MostHandles} at a time. Send them in several parts.", parameter);

    public static ArgumentException NotUnix(Connection connection, string parameter) => new(
        $"The connection to {connection.RemoteEndPoint} is not a Unix domain socket, and only those can pass handles. Listen and connect with a UnixDomainSocketEndPoint.", parameter);

    public static NotSupportedException Unsupported(Type type) => new(
        $"Passing handles needs the system's sockets, which a SocketNetwork uses on Linux unless UsePortableSockets is set. This is a {type.Name}.");

    public static ArgumentException NotASocket(bool isListening, string parameter) => new(
        isListening ? "The handle does not belong to a socket that listens for streams." : "The handle does not belong to a connected socket that carries a stream.", parameter);

    public static IOException Lost(int kept) => new(
        $"Handles arrived, but this process had free descriptors for only {kept} of them. All of them were closed, and their bytes are lost. Close descriptors that you do not need, or raise the limit of the process (`ulimit -n`).");
}

namespace Tame.IO;

/// <summary>Error messages for failures of reading, writing or serving: what, where, what to do.</summary>
internal static class StreamErrors
{
    public static ObjectDisposedException Closed(object owner) => new(owner.GetType().FullName);

    public static InvalidDataException TooLong(string what, int limit) => new(
        $"The peer sent a {what} of more than {limit} bytes, which is the reader's Limit. Its bytes are still buffered: raise the limit, consume them, or close the connection.");

    public static InvalidDataException Full(int limit) => new(
        $"More than {limit} bytes are buffered, which is the reader's Limit. Take some of them before you receive more, or raise the limit.");

    public static EndOfStreamException EndsBefore(byte delimiter) => new(
        $"The stream ended before the delimiter 0x{delimiter:X2}. The bytes received are still buffered.");

    public static EndOfStreamException EndsBefore(int wanted, int got) => new(
        $"The stream ended after {got} of the {wanted} bytes requested. They are still buffered.");

    public static EndOfStreamException CutOff() => new(
        "The stream ended without the close_notify of TLS: the peer stopped early, or the stream was truncated on the way. Do not treat the received data as complete, unless the protocol above TLS shows where it ends.");

    public static IOException Failed(string what, Connection connection, Exception cause) => new(
        $"{char.ToUpperInvariant(what[0])}{what[1..]} {connection.RemoteEndPoint?.ToString() ?? "the peer"} failed: {cause.Message}", cause);
}

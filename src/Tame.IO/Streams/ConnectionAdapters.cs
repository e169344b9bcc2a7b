using System.IO.Pipelines;

namespace Tame.IO;

/// <summary>Adapts connections for code that uses streams and pipes.</summary>
public static class ConnectionAdapters
{
    /// <summary>Returns a stream over a connection, for libraries that take one.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="leaveOpen">True to leave the connection open when the stream is closed.</param>
    /// <returns>The stream. Its asynchronous methods are for the loop's thread: call them there, and an <c>await</c> resumes there. Synchronous reads and writes are not supported.</returns>
    /// <exception cref="ArgumentNullException">The connection is null.</exception>
    /// <remarks>
    /// A read that is cancelled consumes no bytes. A write that is cancelled may have sent some of its bytes. Then later writes fail, as with <see cref="Connection.Send(ReadOnlyMemory{byte}, Event)"/>. A read of zero bytes waits until there
    /// is something to read.
    /// </remarks>
    public static Stream AsStream(this Connection connection, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return new ConnectionStream(connection, leaveOpen);
    }

    /// <summary>Returns a pipe over a connection, for libraries that take one.</summary>
    /// <param name="connection">The connection.</param>
    /// <returns>
    /// The pipe, for the loop's thread. Completing its output ends the stream to the peer. When both sides are complete, the connection closes. Flush, or use
    /// <see cref="PipeWriter.CompleteAsync(Exception?)"/>, before you complete the output: <see cref="PipeWriter.Complete(Exception?)"/> cannot wait.
    /// </returns>
    /// <exception cref="ArgumentNullException">The connection is null.</exception>
    public static IDuplexPipe AsPipe(this Connection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return new ConnectionPipe(connection);
    }
}

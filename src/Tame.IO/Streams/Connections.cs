using System.Buffers;

namespace Tame.IO;

/// <summary>Operations on whole connections: copying, relaying, and making a connection from a <see cref="Stream"/>.</summary>
public static partial class Connections
{
    private const int ChunkSize = 65536;

    /// <summary>Copies what one connection receives to another until the stream ends. Then it ends the other stream with <see cref="Connection.CloseSend"/>.</summary>
    /// <param name="from">The connection to receive from.</param>
    /// <param name="to">The connection to send to.</param>
    /// <param name="copied">
    /// Gets the number of bytes that were copied. If something else completes it first, copying stops: at once if it is waiting for bytes, otherwise when the received bytes are sent. So no bytes are lost.
    /// </param>
    /// <exception cref="ArgumentNullException">A connection is null.</exception>
    /// <remarks>For the loop's thread. It holds memory only while bytes pass. It closes neither connection. If one breaks, the event fails.</remarks>
    public static void Copy(Connection from, Connection to, Event<long> copied)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        CopyAll(from, to, copied);
    }

    /// <summary>Copies between two connections in both directions, until both streams have ended. When a stream ends in one direction, it also ends at the other side. The opposite direction continues.</summary>
    /// <param name="left">A connection.</param>
    /// <param name="right">The other.</param>
    /// <param name="done">Triggered when both streams have ended. If something else completes it first, copying stops.</param>
    /// <exception cref="ArgumentNullException">A connection is null.</exception>
    /// <remarks>For the loop's thread. It closes neither connection, but if one breaks, it aborts both, and the event fails.</remarks>
    public static void Relay(Connection left, Connection right, Event done)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        RelayBoth(left, right, done);
    }

    /// <summary>Makes a connection from a stream, for example of another library.</summary>
    /// <param name="stream">The stream, which must be readable and writable. The connection owns it.</param>
    /// <param name="closeSend">
    /// Tells the peer that no more bytes come, for <see cref="Connection.CloseSend"/>. Null uses the methods of <see cref="System.Net.Sockets.NetworkStream"/> and <see cref="System.Net.Security.SslStream"/>, and does nothing for
    /// other streams, whose peers see the end when the stream is closed.
    /// </param>
    /// <returns>The connection; it belongs to this thread's loop.</returns>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    /// <exception cref="ArgumentException">The stream cannot be read or written.</exception>
    /// <remarks>
    /// Sent bytes are buffered, and written in the background: if a write fails, a later send reports it. Receiving reads ahead by one buffer. While the stream reads or writes, virtual time stands still.
    /// </remarks>
    public static Connection From(Stream stream, Func<Stream, Task>? closeSend = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanRead || !stream.CanWrite)
            throw new ArgumentException("A connection needs a stream that can be read and written.", nameof(stream));
        return new StreamConnection(stream, closeSend ?? StreamEnds.Of(stream));
    }

    [Tamed(nameof(CopyAllBody))] private static partial void CopyAll(Connection from, Connection to, Event<long> copied);

    private static void CopyAllBody(Connection from, Connection to, Event<long> copied)
    {
        long count = 0;
        byte[]? buffer = null;
        try
        {
            while (copied.IsPending)
            {
                EventRegistration stop;
                using (twait())
                {
                    Event<int> ready = mkevent(out int _);
                    from.Receive(Memory<byte>.Empty, ready);
                    stop = copied.AtTrigger(ready.Unblocker);
                }
                stop.Dispose();
                if (!copied.IsPending)
                    return;
                buffer = ArrayPool<byte>.Shared.Rent(ChunkSize);
                bool isFull = true;
                while (isFull && from.TryReceive(buffer, out int received))
                {
                    if (received == 0)
                    {
                        to.CloseSend();
                        copied.Trigger(count);
                        return;
                    }
                    ReadOnlyMemory<byte> bytes = buffer.AsMemory(0, received);
                    twait(e => to.Send(bytes, e));
                    count += received;
                    isFull = received == buffer.Length && copied.IsPending;
                }
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = null;
            }
        }
        finally
        {
            if (buffer is not null)
                ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    [Tamed(nameof(RelayBothBody))] private static partial void RelayBoth(Connection left, Connection right, Event done);

    private static void RelayBothBody(Connection left, Connection right, Event done)
    {
        using var copies = new Rendezvous();
        Event<long> there = mkevent(copies, out long _);
        Event<long> back = mkevent(copies, out long _);
        Copy(left, right, there);
        Copy(right, left, back);
        done.AtTrigger(there.Unblocker);
        done.AtTrigger(back.Unblocker);
        Exception? failure = null;
        for (int under = 2; under > 0; under--)
        {
            twait(copies, out Exception? error);
            if (error is null || failure is not null)
                continue;
            failure = error;
            left.Abort();
            right.Abort();
        }
        if (failure is null)
            done.Trigger();
        else
            done.Fail(failure);
    }
}

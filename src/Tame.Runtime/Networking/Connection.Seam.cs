using System.Buffers;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;

namespace Tame;

// The members that a derived connection implements.
public abstract partial class Connection
{
    private const int FileChunk = 64 * 1024;

    /// <summary>
    /// Receives available bytes. The base class calls it on the loop's thread, with a buffer that is not empty, while no other receive is in progress.
    /// </summary>
    /// <param name="buffer">The destination.</param>
    /// <param name="error"><see cref="SocketError.Success"/>, <see cref="SocketError.WouldBlock"/> if no bytes are available yet, or the error.</param>
    /// <returns>The number of bytes. With success, zero means the end of the stream.</returns>
    protected abstract int ReceiveCore(Span<byte> buffer, out SocketError error);

    /// <summary>Sends the bytes that can be sent without waiting. The base class calls it on the loop's thread while no other send is in progress.</summary>
    /// <param name="buffer">The bytes, at least one.</param>
    /// <param name="error"><see cref="SocketError.Success"/>, <see cref="SocketError.WouldBlock"/> if none could be sent, or the error.</param>
    /// <returns>The number of bytes that were sent, from the first. Zero without success.</returns>
    protected abstract int SendCore(ReadOnlySpan<byte> buffer, out SocketError error);

    /// <summary>Does the same for several buffers. The base class sends them one after the other.</summary>
    /// <param name="buffers">The bytes, at least one.</param>
    /// <param name="error"><inheritdoc cref="SendCore(ReadOnlySpan{byte}, out SocketError)" path="/param[@name='error']"/></param>
    protected virtual long SendCore(in ReadOnlySequence<byte> buffers, out SocketError error)
    {
        long sent = 0;
        error = SocketError.Success;
        foreach (var buffer in buffers)
        {
            if (buffer.IsEmpty)
                continue;
            int count = SendCore(buffer.Span, out error);
            sent += count;
            if (count < buffer.Length)
                break;
        }
        if (sent != 0)
            error = SocketError.Success;    // the error appears again at the next call
        return sent;
    }

    /// <summary>Does the same for a part of a file. The base class reads it into memory in chunks.</summary>
    /// <param name="file">The file.</param>
    /// <param name="offset">The start of the part.</param>
    /// <param name="count">The number of bytes, at least one.</param>
    /// <param name="error"><inheritdoc cref="SendCore(ReadOnlySpan{byte}, out SocketError)" path="/param[@name='error']"/></param>
    /// <exception cref="EndOfStreamException">The file ends before the part.</exception>
    protected virtual long SendFileCore(SafeFileHandle file, long offset, long count, out SocketError error)
    {
        byte[] chunk = ArrayPool<byte>.Shared.Rent((int)Math.Min(count, FileChunk));
        try
        {
            int read = RandomAccess.Read(file, chunk.AsSpan(0, (int)Math.Min(count, chunk.Length)), offset);
            return read == 0 ? throw NetworkErrors.FileEnds(offset, count) : SendCore(chunk.AsSpan(0, read), out error);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    /// <summary>Ends the stream to the peer.</summary>
    protected abstract void CloseSendCore();

    /// <summary>Closes the connection. Called once, when no wait is in progress. If the loop has ended, it can be called on any thread.</summary>
    /// <param name="isAbort">If true, drops bytes that the peer has not received, and resets the connection.</param>
    protected abstract void CloseCore(bool isAbort);

    /// <summary>
    /// Arranges that <see cref="OnReadable"/> is called once, as soon as a receive would not block, which may be at once. The call comes on the loop's thread,
    /// but not inside this call.
    /// </summary>
    protected abstract void WaitToReceive();

    /// <summary>The call that <see cref="WaitToReceive"/> asked for is no longer needed. It may still come.</summary>
    protected abstract void StopWaitToReceive();

    /// <summary>
    /// Arranges that <see cref="OnWritable"/> is called once, as soon as a send would not block, which may be at once. The call comes on the loop's thread, but
    /// not inside this call.
    /// </summary>
    protected abstract void WaitToSend();

    /// <summary>The call that <see cref="WaitToSend"/> asked for is no longer needed. It may still come.</summary>
    protected abstract void StopWaitToSend();

    /// <summary>
    /// Reports that bytes can be received, or that the stream has ended or broken. Call it on the loop's thread. It has no effect if nothing waits.
    /// </summary>
    protected void OnReadable() => _receive?.Report(null);

    /// <summary>Reports that bytes can be sent, or that the stream is broken. Call it on the loop's thread. It has no effect if nothing waits.</summary>
    protected void OnWritable() => _send?.Report(null);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Receive(Span<byte> buffer, out SocketError error)
    {
        int count = ReceiveCore(buffer, out error);
        if (count == 0)
            error = Remember(error, isEnd: true);
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Send(ReadOnlySpan<byte> buffer, out SocketError error)
    {
        int count = SendCore(buffer, out error);
        if (count == 0)
            error = Remember(error, isEnd: false);
        return count;
    }

    internal long Send(in ReadOnlySequence<byte> buffers, out SocketError error)
    {
        long count = SendCore(in buffers, out error);
        error = Remember(error, isEnd: false);
        return count;
    }

    internal long SendFile(SafeFileHandle file, long offset, long count, out SocketError error)
    {
        long sent = SendFileCore(file, offset, count, out error);
        error = Remember(error, isEnd: false);
        return sent;
    }

    internal void StartWaitingToReceive() => WaitToReceive();

    internal void StopWaitingToReceive() => StopWaitToReceive();

    internal void StartWaitingToSend() => WaitToSend();

    internal void StopWaitingToSend() => StopWaitToSend();

    /// <summary>
    /// Keeps a failure. The system reports a broken connection once, to the first call that asks, and then lets the other direction end normally. If the peer
    /// has closed, this is not a failure of the data that it had sent.
    /// </summary>
    internal SocketError Remember(SocketError error, bool isEnd)
    {
        if (error == SocketError.Success)
            return isEnd ? _failure : error;
        if (error is not (SocketError.WouldBlock or SocketError.Shutdown) && _failure == SocketError.Success)
            _failure = error;
        return error;
    }
}

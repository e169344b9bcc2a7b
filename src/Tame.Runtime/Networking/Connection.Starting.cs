using System.Buffers;
using System.ComponentModel;
using Microsoft.Win32.SafeHandles;
using Tame.CompilerServices;

namespace Tame;

// The starts of operations, and the twins that generated code calls for events without a lifeline.
public abstract partial class Connection
{
    /// <inheritdoc cref="Receive(Memory{byte}, Event{int})"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void ReceiveKept(Memory<byte> buffer, KeptEvent<int> received) => StartReceive(buffer, HandleOf(received.Unblocker));

    /// <inheritdoc cref="Send(ReadOnlyMemory{byte}, Event)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void SendKept(ReadOnlyMemory<byte> buffer, KeptEvent sent) => StartSend(buffer, HandleOf(sent));

    /// <inheritdoc cref="Send(in ReadOnlySequence{byte}, Event)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void SendKept(in ReadOnlySequence<byte> buffers, KeptEvent sent) => StartSend(in buffers, HandleOf(sent));

    /// <inheritdoc cref="SendFile(SafeFileHandle, long, long, Event)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void SendFileKept(SafeFileHandle file, long offset, long count, KeptEvent sent) => StartSendFile(file, offset, count, HandleOf(sent));

    /// <inheritdoc cref="SendFile(RandomAccessFile, long, long, Event)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void SendFileKept(RandomAccessFile file, long offset, long count, KeptEvent sent) => StartSendFile(file, offset, count, HandleOf(sent));

    internal LoopHandle HandleOf(KeptEvent e) => Operation.HandleOf(e, Loop);

    private void StartReceive(Memory<byte> buffer, LoopHandle received)
    {
        if (!Begin(received))
            return;
        if (_receive is { IsUnderWay: true })
            throw NetworkErrors.UnderWay("receive", "connection");
        if (_receive is not ReceiveOperation operation)
            _receive = operation = new ReceiveOperation(this);
        operation.Start(buffer, received);
    }

    private void StartSend(ReadOnlyMemory<byte> buffer, LoopHandle sent)
    {
        if (BeginSend(sent))
            SendWhole(buffer, sent);
    }

    private void StartSend(in ReadOnlySequence<byte> buffers, LoopHandle sent)
    {
        if (!BeginSend(sent))
            return;
        if (buffers.IsSingleSegment)
            SendWhole(buffers.First, sent);
        else if (buffers.IsEmpty)
            sent.Trigger();
        else
            TakeSend().Start(in buffers, sent);
    }

    private void StartSendFile(SafeFileHandle file, long offset, long count, LoopHandle sent)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (BeginSendFile(offset, count, sent))
            TakeSend().Start(file, offset, count, sent);
    }

    private void StartSendFile(RandomAccessFile file, long offset, long count, LoopHandle sent)
    {
        ArgumentNullException.ThrowIfNull(file);
        if ((file.Access & FileAccess.Read) == 0)
            throw FileErrors.NotOpenFor(file.Path, file.Access, FileAccess.Read);
        ObjectDisposedException.ThrowIf(file.IsClosed, file);
        if (file.Handle is { } handle)
            StartSendFile(handle, offset, count, sent);
        else if (BeginSendFile(offset, count, sent))
            TakeSend().Start(file, offset, count, sent);
    }

    /// <summary>True if there is something to send. Completes the event if the part is empty.</summary>
    private bool BeginSendFile(long offset, long count, LoopHandle sent)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (!BeginSend(sent))
            return false;
        if (count != 0)
            return true;
        sent.Trigger();
        return false;
    }
}

using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Tame.IO;

/// <summary>One end of a pipe, or a terminal, as a connection of one direction: on Linux, through the descriptor table of its loop.</summary>
internal sealed class DescriptorConnection : Connection
{
    private readonly SafeHandle _handle;
    private readonly bool _canReceive;
    private readonly bool _isShared;
    private readonly StreamName _name;
    private bool _readsNow = FileCalls.AreThere;

    /// <summary>Creates a connection that owns a descriptor.</summary>
    /// <param name="handle">The descriptor.</param>
    /// <param name="name">Its name in error messages.</param>
    /// <param name="canReceive">Whether bytes come from it, or go to it.</param>
    /// <param name="isShared">Other processes have the same open file: its mode does not change, so a read may block.</param>
    public DescriptorConnection(SafeHandle handle, string name, bool canReceive, bool isShared)
    {
        (_handle, _name, _canReceive, _isShared) = (handle, new StreamName(name), canReceive, isShared);
        if (!isShared)
            DescriptorCalls.SetNonBlocking(handle);
        EventLoop.NoteDescriptors(1);
    }

    /// <summary>The stream of a process object, which forgets it when the process has ended. The finalizer of the stream would close the pipe, in which bytes may be left to read.</summary>
    public Stream? Owner { get; init; }

    public override EndPoint? LocalEndPoint => null;

    public override EndPoint? RemoteEndPoint => _name;

    public override int GetSocketOption(SocketOptionLevel level, SocketOptionName name) => throw StreamName.NoOption();

    public override void SetSocketOption(SocketOptionLevel level, SocketOptionName name, int value) => throw StreamName.NoOption();

    protected override int ReceiveCore(Span<byte> buffer, out SocketError error)
    {
        if (!_canReceive)
            throw _name.CannotReceive();
        int count = _isShared ? ReadShared(buffer, out error) : DescriptorCalls.Read(_handle, buffer, out error);
        return count;
    }

    protected override int SendCore(ReadOnlySpan<byte> buffer, out SocketError error) =>
        _canReceive ? throw _name.CannotSend() : DescriptorCalls.Write(_handle, buffer, out error);

    protected override void CloseSendCore()
    {
        if (_canReceive)
            throw _name.CannotSend();
        CloseCore(isAbort: false);
    }

    protected override void CloseCore(bool isAbort)
    {
        if (!Loop.IsEnded && !_handle.IsClosed)
        {
            Loop.Descriptors().Forget(_handle);
            EventLoop.NoteDescriptors(-1);
        }
        _handle.Dispose();
        GC.KeepAlive(Owner);
    }

    protected override void WaitToReceive()
    {
        if (!_canReceive)
            throw _name.CannotReceive();
        Wait(FdEvents.Read, ReceiveWaiter);
    }

    protected override void StopWaitToReceive() => StopWait(ReceiveWaiter);

    protected override void WaitToSend()
    {
        if (_canReceive)
            throw _name.CannotSend();
        Wait(FdEvents.Write, SendWaiter);
    }

    protected override void StopWaitToSend() => StopWait(SendWaiter);

    /// <summary>Reads available bytes. A ready file does not block one read, unless another process reads it first. If the kernel supports it, the call does not wait.</summary>
    private int ReadShared(Span<byte> buffer, out SocketError error)
    {
        if (_readsNow)
        {
            int count = FileCalls.ReadNow((int)_handle.DangerousGetHandle(), buffer, -1);
            GC.KeepAlive(_handle);
            if (count >= 0 || count == FileCalls.WouldBlock)
            {
                error = count >= 0 ? SocketError.Success : SocketError.WouldBlock;
                return Math.Max(0, count);
            }
            _readsNow = count != FileCalls.Refused;
        }
        error = SocketError.WouldBlock;
        return DescriptorCalls.IsReadable(_handle) ? DescriptorCalls.Read(_handle, buffer, out error) : 0;
    }

    private void Wait(FdEvents events, Waiter waiter)
    {
        if (Loop.Descriptors().Wait(_handle, events, waiter) is { } error)
            throw error;
    }

    private void StopWait(Waiter waiter)
    {
        if (waiter.Registration is not null)
            Loop.Descriptors().TakeOut(waiter);
    }
}

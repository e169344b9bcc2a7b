using System.Net.Sockets;
using Tame.Interop;

namespace Tame.IO;

/// <summary>
/// The poller for systems other than Unix, for sockets only:
/// <see cref="Socket.Select(System.Collections.IList?, System.Collections.IList?, System.Collections.IList?, int)"/>.
/// </summary>
/// <remarks>
/// Each number gets a <see cref="Socket"/> that does not own it. If the number is closed during a wait, the wait ends early without a report. So a wait that ends
/// with nothing checks for closed numbers.
/// </remarks>
internal sealed class SelectPoller : IPoller
{
    /// <summary>Select counts microseconds in an int.</summary>
    private const int LongestMilliseconds = int.MaxValue / MicrosecondsPerMillisecond;
    private const int MicrosecondsPerMillisecond = 1000;

    private readonly SocketSignal _wake = new();
    private readonly Dictionary<int, WatchedSocket> _byNumber = [];
    private readonly Dictionary<Socket, WatchedSocket> _bySocket = [];
    private readonly List<Socket> _readers = [];
    private readonly List<Socket> _writers = [];
    private readonly List<Socket> _failed = [];
    private readonly List<WatchedSocket> _hit = [];
    private Readiness[] _ready = [];

    public Errno Add(int fd, FdEvents interest, ulong datum)
    {
        if (_byNumber.ContainsKey(fd))
            return Errno.EEXIST;
        Errno error = WatchedSocket.Open(fd, out var watched);
        if (error != Errno.None)
            return error;
        watched!.Interest = interest;
        watched.Datum = datum;
        _byNumber.Add(fd, watched);
        _bySocket.Add(watched.Socket, watched);
        return Errno.None;
    }

    public Errno Modify(int fd, FdEvents interest, ulong datum)
    {
        Errno error = Confirm(fd);
        if (error != Errno.None)
            return error;
        var watched = _byNumber[fd];
        watched.Interest = interest;
        watched.Datum = datum;
        return Errno.None;
    }

    public Errno Remove(int fd)
    {
        if (!_byNumber.Remove(fd, out var watched))
            return Errno.ENOENT;
        _bySocket.Remove(watched.Socket);
        watched.Socket.Dispose();
        return Errno.None;
    }

    public Errno Confirm(int fd) => _byNumber.TryGetValue(fd, out var watched) ? watched.Confirm() : Errno.ENOENT;

    public bool TryReset()
    {
        foreach (var socket in _bySocket.Keys)
            socket.Dispose();
        _bySocket.Clear();
        _byNumber.Clear();
        return true;
    }

    public ReadOnlySpan<Readiness> Wait(int timeoutMilliseconds)
    {
        if (timeoutMilliseconds == 0)
            return Select(0, asleep: false) ? Take() : TakeClosed();
        bool asleep = _wake.TryFallAsleep();
        bool isSound = Select(asleep ? timeoutMilliseconds : 0, asleep);
        _wake.WakeUp();
        return isSound ? Take() : TakeClosed();
    }

    public void Wake() => _wake.Signal();

    public void Dispose()
    {
        TryReset();
        _wake.Dispose();
    }

    /// <summary>Returns false if some socket may be closed: the wait failed, or ended with nothing.</summary>
    private bool Select(int timeoutMilliseconds, bool asleep)
    {
        ListSockets(asleep);
        if (_readers.Count + _writers.Count == 0)
            return true;
        int microseconds = timeoutMilliseconds < 0
            ? Timeout.Infinite
            : Math.Min(timeoutMilliseconds, LongestMilliseconds) * MicrosecondsPerMillisecond;
        try
        {
            Socket.Select(_readers, _writers, _failed, microseconds);
        }
        catch (SocketException e)
        {
            if (_byNumber.Values.All(watched => watched.IsOpen))
                throw DescriptorErrors.PollFailed("Socket.Select", e.Message);
            return false;
        }
        return timeoutMilliseconds == 0 || _readers.Count + _writers.Count + _failed.Count != 0;
    }

    private void ListSockets(bool asleep)
    {
        _readers.Clear();
        _writers.Clear();
        _failed.Clear();
        if (asleep)
            _readers.Add(_wake.Socket);
        foreach (var watched in _byNumber.Values)
        {
            if ((watched.Interest & FdEvents.Read) != 0)
                _readers.Add(watched.Socket);
            if ((watched.Interest & FdEvents.Write) == 0)
                continue;
            _writers.Add(watched.Socket);
            _failed.Add(watched.Socket);        // a failed connect is reported nowhere else
        }
    }

    private ReadOnlySpan<Readiness> Take()
    {
        _hit.Clear();
        foreach (var socket in _readers)
        {
            if (ReferenceEquals(socket, _wake.Socket))
                _wake.Drain();
            else
                Hit(socket, FdEvents.Read);
        }
        foreach (var socket in _writers)
            Hit(socket, FdEvents.Write);
        foreach (var socket in _failed)
            Hit(socket, FdEvents.Read | FdEvents.Write);
        return TakeHit();
    }

    private void Hit(Socket socket, FdEvents ready)
    {
        var watched = _bySocket[socket];
        if (watched.Ready == FdEvents.None)
            _hit.Add(watched);
        watched.Ready |= ready;
    }

    /// <summary>The closed sockets, which are ready for nothing.</summary>
    private ReadOnlySpan<Readiness> TakeClosed()
    {
        _hit.Clear();
        foreach (var watched in _byNumber.Values)
        {
            if (!watched.IsOpen)
                _hit.Add(watched);
        }
        return TakeHit();
    }

    private ReadOnlySpan<Readiness> TakeHit()
    {
        if (_ready.Length < _hit.Count)
            _ready = new Readiness[Math.Max(_hit.Count, _byNumber.Count)];
        for (int i = 0; i < _hit.Count; i++)
        {
            _ready[i] = new Readiness(_hit[i].Datum, _hit[i].Ready);
            _hit[i].Ready = FdEvents.None;
        }
        return _ready.AsSpan(0, _hit.Count);
    }
}

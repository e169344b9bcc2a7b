using Microsoft.Win32.SafeHandles;
using Tame.Interop;

namespace Tame.IO;

/// <summary>The poller for Linux.</summary>
internal sealed unsafe class EpollPoller : IPoller
{
    private const int CloseOnExec = 0x80000;
    private const int ControlAdd = 1;
    private const int ControlDelete = 2;
    private const int ControlModify = 3;
    private const int BatchSize = 256;
    private const ulong WakeDatum = ulong.MaxValue;

    private readonly EpollEvents _events = new(BatchSize);
    private readonly Readiness[] _ready = new Readiness[BatchSize];
    private readonly EventFdSignal _wake;
    private SafeFileHandle _handle;     // so that a loop that was never disposed leaks nothing
    private int _epoll;

    public EpollPoller()
    {
        _epoll = Libc.EpollCreate(CloseOnExec);
        if (_epoll < 0)
            throw DescriptorErrors.NoPoller("epoll_create1", Libc.LastError);
        _handle = new SafeFileHandle(_epoll, ownsHandle: true);
        try
        {
            _wake = new EventFdSignal();
        }
        catch
        {
            _handle.Dispose();
            throw;
        }
        WatchWakeSignal();
    }

    public int Handle => _epoll;

    public Errno Add(int fd, FdEvents interest, ulong datum) => Control(ControlAdd, fd, ToEpoll(interest), datum);

    public Errno Modify(int fd, FdEvents interest, ulong datum) => Control(ControlModify, fd, ToEpoll(interest), datum);

    public Errno Remove(int fd) => Control(ControlDelete, fd, 0, 0);

    /// <summary>The kernel watches files, not numbers.</summary>
    public Errno Confirm(int fd) => Errno.None;

    public bool TryReset()
    {
        int fresh = Libc.EpollCreate(CloseOnExec);
        if (fresh < 0)
            return false;
        _handle.Dispose();
        _handle = new SafeFileHandle(fresh, ownsHandle: true);
        _epoll = fresh;
        WatchWakeSignal();
        return true;
    }

    public ReadOnlySpan<Readiness> Wait(int timeoutMilliseconds)
    {
        if (timeoutMilliseconds == 0)
            return Take(EpollWait(0));
        bool asleep = _wake.TryFallAsleep();
        int count = asleep ? WaitOut(timeoutMilliseconds) : EpollWait(0);
        _wake.WakeUp();
        return Take(count);
    }

    public void Wake() => _wake.Signal();

    public void Dispose()
    {
        _epoll = -1;
        _handle.Dispose();
        _wake.Dispose();
    }

    private static uint ToEpoll(FdEvents interest) =>
        ((interest & FdEvents.Read) != 0 ? EpollEvents.In : 0) | ((interest & FdEvents.Write) != 0 ? EpollEvents.Out : 0);

    private static FdEvents FromEpoll(uint ready)
    {
        if ((ready & (EpollEvents.Error | EpollEvents.Hangup)) != 0)
            return FdEvents.Read | FdEvents.Write;
        return ((ready & EpollEvents.In) != 0 ? FdEvents.Read : 0) | ((ready & EpollEvents.Out) != 0 ? FdEvents.Write : 0);
    }

    private void WatchWakeSignal()
    {
        Errno error = Control(ControlAdd, _wake.Descriptor, EpollEvents.In | EpollEvents.EdgeTriggered, WakeDatum);
        if (error != Errno.None)
            throw DescriptorErrors.NoPoller("epoll_ctl", error);
    }

    private Errno Control(int operation, int fd, uint interest, ulong datum)
    {
        byte* item = stackalloc byte[EpollEvents.MaxSize];
        EpollEvents.Write(item, interest, datum);
        return Libc.EpollControl(_epoll, operation, fd, item) == 0 ? Errno.None : Libc.LastError;
    }

    /// <summary>Waits. A signal handler that interrupts the call does not shorten the wait.</summary>
    private int WaitOut(int timeoutMilliseconds)
    {
        var left = new TimeLeft(timeoutMilliseconds);
        int count;
        do
            count = EpollWait(left.Milliseconds);
        while (count < 0);
        return count;
    }

    /// <summary>Returns the number of events, or -1 if a signal handler interrupted the call.</summary>
    private int EpollWait(int timeoutMilliseconds)
    {
        int count = Libc.EpollWait(_epoll, _events.Pointer, _events.Capacity, timeoutMilliseconds);
        if (count < 0 && Libc.LastError != Errno.EINTR)
            throw DescriptorErrors.PollFailed("epoll_wait", Libc.LastError);
        return count;
    }

    private ReadOnlySpan<Readiness> Take(int count)
    {
        int taken = 0;
        for (int i = 0; i < count; i++)
        {
            (uint ready, ulong datum) = _events[i];
            if (datum != WakeDatum)
                _ready[taken++] = new Readiness(datum, FromEpoll(ready));
        }
        return _ready.AsSpan(0, taken);
    }
}

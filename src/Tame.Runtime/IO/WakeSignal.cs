using Microsoft.Win32.SafeHandles;
using Tame.Interop;

namespace Tame.IO;

/// <summary>
/// Wakes a thread that sleeps in a system call, through an eventfd that is written only while the thread sleeps, and once a sleep.
/// </summary>
internal sealed unsafe class WakeSignal : IDisposable
{
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;

    private const int Awake = 0;
    private const int Sleeping = 1;
    private const int Signalled = 2;

    private readonly SafeFileHandle _eventFd;
    private int _state;

    public WakeSignal()
    {
        int fd = Libc.EventFd(0, NonBlocking | CloseOnExec);
        if (fd < 0)
            throw DescriptorErrors.NoPoller("eventfd", Libc.LastError);
        _eventFd = new SafeFileHandle(fd, ownsHandle: true);
    }

    /// <summary>To be watched edge-triggered: what is written is never read.</summary>
    public int Descriptor => (int)_eventFd.DangerousGetHandle();

    /// <summary>Called before a sleep; false where a signal came first, so that there is nothing to sleep for.</summary>
    public bool TryFallAsleep() => Interlocked.Exchange(ref _state, Sleeping) != Signalled;

    /// <summary>Called after a sleep. What was handed over before a signal is visible from here on.</summary>
    public void WakeUp() => Interlocked.Exchange(ref _state, Awake);

    public void Signal()
    {
        if (Interlocked.Exchange(ref _state, Signalled) != Sleeping)
            return;
        ulong one = 1;
        try
        {
            _ = Libc.Write(_eventFd, &one, sizeof(ulong));
        }
        catch (ObjectDisposedException)
        {
            // The sleeper has ended; nobody is left to wake.
        }
    }

    public void Dispose() => _eventFd.Dispose();
}

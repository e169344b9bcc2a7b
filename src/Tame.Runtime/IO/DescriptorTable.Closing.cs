using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Tame.Interop;

namespace Tame.IO;

// Handles that are closed during a wait. The system does not report this, so the table checks for it.
internal sealed partial class DescriptorTable
{
    private const int CheckedPerSleep = 64;
    private const long CheckAllMilliseconds = 250;
    private const int AskedAtOnce = 64;
    internal const int LongestSleepMilliseconds = 1000;

    private long _allChecked;
    private long _asked;
    private int _nextChecked;
    private int _nextAsked;

    /// <summary>
    /// Fails the waiters whose handle is closed. The others continue to wait if the descriptor is still open and of the same file, because several handles may
    /// share one descriptor and the closed one need not own it. Otherwise the registration is removed.
    /// </summary>
    /// <returns>The number of events that were completed.</returns>
    private int FailClosed(Registration registration)
    {
        int fd = registration.Descriptor;
        var closed = Take(registration, FdEvents.None, isClosed: true, out _);
        var owner = closed?.Owner;
        if (!registration.IsAbandoned)
            return Fail(closed, fd, owner);
        if (registration.First is null || poller.Modify(fd, registration.Watched, registration.Datum) != Errno.None)
            return Fail(closed, fd, owner) + Unregister(registration);
        registration.BelongTo(registration.OpenOwner());
        return Fail(closed, fd, owner);
    }

    private int Fail(Waiter? closed, int fd, SafeHandle? owner) => closed is null ? 0 : FailEach(closed, fd, owner);

    /// <summary>A separate method, because its lambda allocates an object at each call.</summary>
    private int FailEach(Waiter closed, int fd, SafeHandle? owner) => Complete(closed, () => DescriptorErrors.Closed(fd, owner));

    /// <summary>Checks for closed handles if the loop does not sleep.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int CheckInPassing(bool checkAll)
    {
        long now = Environment.TickCount64;
        if (!checkAll && now - _allChecked < CheckAllMilliseconds)
            return 0;
        _allChecked = now;
        return CheckSome(_byNumber.Count) + AskSome(now);
    }

    private int CheckSome(int count)
    {
        int completed = 0;
        for (; count > 0; count--)
        {
            completed += Check(_byNumber.Next(ref _nextChecked));
        }
        return completed;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int CheckBeforeSleep(ref int timeoutMilliseconds)
    {
        long now = Environment.TickCount64;
        int completed;
        if (now - _allChecked >= CheckAllMilliseconds)
        {
            _allChecked = now;
            completed = CheckSome(_byNumber.Count) + AskSome(now);
        }
        else
        {
            completed = CheckSome(Math.Min(_byNumber.Count, CheckedPerSleep));
        }
        int longest = completed != 0 ? 0 : LongestSleepMilliseconds;
        timeoutMilliseconds = timeoutMilliseconds < 0 ? longest : Math.Min(timeoutMilliseconds, longest);
        return completed;
    }

    /// <summary>
    /// Asks the system whether some of the waited-for numbers still refer to their files. No handle shows that a number is closed, or refers to another file
    /// after dup2. Each check is a system call, so it does a few at a time.
    /// </summary>
    private int AskSome(long now)
    {
        if (now - _asked < CheckAllMilliseconds)
            return 0;
        _asked = now;
        int completed = 0;
        for (int count = _byNumber.Count, left = AskedAtOnce; count > 0 && left > 0; count--)
        {
            var registration = _byNumber.Next(ref _nextAsked);
            if (registration.First is null)
                continue;
            left--;
            if (poller.Modify(registration.Descriptor, registration.Watched, registration.Datum) != Errno.None)
                completed += Unregister(registration, isOpen: true);
        }
        return completed;
    }

    private int Check(Registration registration)
    {
        if (registration.First is null)
            return 0;
        int failed = FailClosed(registration);
        TakeOutCompleted(registration);
        return failed;
    }
}

using System.Runtime.CompilerServices;
using Tame.Interop;

namespace Tame.IO;

// Handling of the poller's reports. Its steps are separate frames, so that none keeps an event alive while the loop sleeps.
internal sealed partial class DescriptorTable
{
    private long _waits;

    /// <summary>The number of waits after which the poller reported a descriptor. It wraps.</summary>
    public byte Reports { get; private set; }

    private bool _hasOrphans;

    /// <summary>Completes the events of ready descriptors, after a wait of at most the timeout. A timeout of -1 waits until <see cref="Wake"/>.</summary>
    /// <remarks>
    /// It may return earlier without having done anything. The system does not report that a handle was closed during a wait. So the table checks for it before
    /// each sleep, and sleeps are short enough that a close on another thread is noticed within a second. A loop that never sleeps checks every quarter of a
    /// second.
    /// </remarks>
    /// <param name="timeoutMilliseconds">The longest wait.</param>
    /// <param name="checkAll">True to check for closed handles in any case. Virtual time, which may jump next, does not pass between two checks.</param>
    /// <returns>The number of events that were completed.</returns>
    public int Poll(int timeoutMilliseconds, bool checkAll = false)
    {
        int completed = 0;
        if (_looked != 0)
            completed = timeoutMilliseconds == 0 ? CheckInPassing(checkAll) : CheckBeforeSleep(ref timeoutMilliseconds);
        _waits++;
        var reports = poller.Wait(timeoutMilliseconds);
        if (!reports.IsEmpty)
            Reports++;
        foreach (var ready in reports)
            completed += Dispatch(ready);
        if (_hasOrphans)
            completed += StartOver();
        return completed;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Dispatch(Readiness ready)
    {
        var registration = Find(ready.Datum);
        if (registration is null)
            return 0;
        if (ready.Events == FdEvents.None || !registration.HasOwner && poller.Confirm(registration.Descriptor) != Errno.None)
            return Unregister(registration);
        int failed = registration.HasOwner ? FailClosed(registration) : 0;
        if (registration.Generation == 0)
            return failed;
        var taken = TakeReady(registration, ready.Events, out var interests);
        var untaken = ready.Events & registration.Watched & ~interests;
        return failed + Complete(taken) + (untaken == 0 ? 0 : Lower(registration, untaken));
    }

    /// <summary>
    /// The registration that a readiness belongs to. If it was freed before this wait, its file has no number here, but a duplicate keeps the file open, and the
    /// poller would report it again and again.
    /// </summary>
    private Registration? Find(ulong datum)
    {
        var registration = _byNumber.Find((int)(uint)datum);
        if (registration is not null && registration.Generation == (uint)(datum >> 32))
            return registration;
        _hasOrphans |= registration is null || registration.FreeSince != (uint)_waits;
        return null;
    }

    /// <summary>Removes the waiters for the ready events, as a chain in order of arrival.</summary>
    private Waiter? TakeReady(Registration registration, FdEvents ready, out FdEvents interests) =>
        Take(registration, ready, isClosed: false, out interests);

    /// <summary>Removes the waiters for the ready events, or those whose handle is closed, as a chain in order of arrival.</summary>
    private Waiter? Take(Registration registration, FdEvents ready, bool isClosed, out FdEvents interests)
    {
        Waiter? first = null;
        Waiter? last = null;
        interests = FdEvents.None;
        for (var waiter = registration.First; waiter is not null;)
        {
            var following = waiter.Following;
            if (isClosed ? waiter.Owner is { IsClosed: true } : (waiter.Interest & ready) != 0)
            {
                interests |= waiter.Interest;
                TakeOut(waiter);
                waiter.IsTaken = true;
                if (last is null)
                    first = waiter;
                else
                    last.Following = waiter;
                last = waiter;
            }
            waiter = following;
        }
        return first;
    }

    /// <summary>Calls a chain of waiters, each with the error for the closing of its descriptor.</summary>
    private int Complete(Waiter? chain, Func<Exception>? error = null)
    {
        int count = 0;
        while (chain is { } waiter)
        {
            chain = waiter.Following;
            waiter.Following = null;
            waiter.IsTaken = false;
            waiter.Report(error?.Invoke());
            count++;
        }
        return count;
    }

    /// <summary>Stops watching a descriptor for ready events that have no waiter, or completely if nothing is left.</summary>
    private int Lower(Registration registration, FdEvents untaken)
    {
        var left = registration.Watched & ~untaken;
        if (left != FdEvents.None)
        {
            registration.Watched = left;
            if (poller.Modify(registration.Descriptor, left, registration.Datum) == Errno.None)
                return 0;
        }
        else if (poller.Remove(registration.Descriptor) == Errno.None)
        {
            Free(registration);
            return 0;
        }
        return Unregister(registration);     // it is reported, though its number no longer refers to it
    }

    /// <summary>The descriptor is closed, or its number belongs to another file. Fails its waiters, and removes its registration.</summary>
    private int Unregister(Registration registration, bool isOpen = false)
    {
        _ = poller.Remove(registration.Descriptor);     // needed if the handle was closed without its descriptor
        return FailWaiters(registration, isOpen);
    }

    /// <summary>Fails the waiters of a registration. The poller's data about its number is left to the next registration.</summary>
    /// <param name="registration">The registration.</param>
    /// <param name="isOpen">True if the number is closed, but none of its handles is.</param>
    private int FailWaiters(Registration registration, bool isOpen = false)
    {
        int fd = registration.Descriptor;
        var owner = registration.Owner;
        var waiters = TakeReady(registration, FdEvents.Read | FdEvents.Write, out _);
        Free(registration);
        return waiters is null ? 0 : Complete(waiters, () => isOpen ? DescriptorErrors.Gone(fd, owner) : DescriptorErrors.Closed(fd, owner));
    }

    /// <summary>Removes waiters that have completed without notifying the table.</summary>
    private void TakeOutCompleted(Registration registration)
    {
        for (var waiter = registration.First; waiter is not null;)
        {
            var following = waiter.Following;
            if (waiter.IsOver)
            {
                TakeOut(waiter);
                waiter.Dropped();
            }
            waiter = following;
        }
    }

    /// <summary>Resets the poller, and then watches everything that has waiters again.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int StartOver()
    {
        int completed = CheckSome(_byNumber.Count);
        if (!poller.TryReset())
            return completed;
        _hasOrphans = false;
        for (int left = _byNumber.Count; left > 0; left--)
        {
            var registration = _byNumber.Next(ref _nextChecked);
            if (registration.Generation == 0)
                continue;
            if (registration.First is null || registration.IsAbandoned ||
                Control(registration.Owner, registration, registration.Watched, isNew: true, isBound: false) != Errno.None)
                completed += Unregister(registration);
        }
        return completed;
    }
}

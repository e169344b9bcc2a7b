using System.Runtime.InteropServices;
using Tame.Interop;

namespace Tame.IO;

/// <summary>
/// The waiters of each file descriptor. Descriptors are watched level-triggered and stay watched after a wait, so that repeated waits for one descriptor cost a
/// system call only at first. A descriptor that is ready without a waiter is no longer watched.
/// </summary>
/// <remarks>
/// A number does not identify a file, because it is reused as soon as it is closed. A <see cref="SafeHandle"/> identifies one, and a wait by a bare number asks
/// the system each time. A readiness carries the generation of the registration that it belongs to.
/// </remarks>
internal sealed partial class DescriptorTable(IPoller poller) : IDisposable
{
    private RegistrationPages _byNumber = new();
    private int _waiting;

    /// <summary>The number of waiters that the table must check: see <see cref="Waiter.NeedsLooking"/>.</summary>
    private int _looked;

    public bool HasWaiters => _waiting != 0;

    /// <summary>True if some waiters or closed handles are noticed only by checks, at least every <see cref="LongestSleepMilliseconds"/>.</summary>
    public bool LooksAtHandles => _looked != 0;

    public int WaitCount => _waiting;

    /// <summary>The <see cref="IPoller.Handle"/> of the poller.</summary>
    public int Handle => poller.Handle;

    /// <summary>The table of a loop without a thread.</summary>
    /// <exception cref="PlatformNotSupportedException">The poller is not a file descriptor itself, so that nothing can wait for it between two
    /// turns.</exception>
    public static DescriptorTable OfGuest(EventLoop loop, IPoller poller)
    {
        if (poller.Handle >= 0)
            return new DescriptorTable(poller);
        poller.Dispose();
        throw DescriptorErrors.NoneInGuest(loop);
    }

    /// <summary>Triggers an event when an open file descriptor is ready, or fails it.</summary>
    public void Wait(int fd, FdEvents interest, LoopHandle e)
    {
        CheckInterest(interest);
        if (!e.IsPending)
            return;
        if (fd < 0)
            e.Fail(DescriptorErrors.Invalid(fd));
        else
            Wait(fd, null, interest, e);
    }

    /// <summary>Triggers an event when a handle's descriptor is ready, or fails it. The handle may be closed meanwhile.</summary>
    public void Wait(SafeHandle owner, FdEvents interest, LoopHandle e)
    {
        ArgumentNullException.ThrowIfNull(owner);
        CheckInterest(interest);
        if (!e.IsPending)
            return;
        int fd = (int)owner.DangerousGetHandle();
        if (owner.IsClosed)
            e.Fail(DescriptorErrors.ClosedBefore(owner));
        else if (owner.IsInvalid)
            e.Fail(DescriptorErrors.Invalid(fd));
        else if (_byNumber.Find(fd) is { } known && known.IsWatchedFor(owner, interest))
            Enqueue(known, owner, interest, e);
        else
            Wait(fd, owner, interest, e);
    }

    /// <summary>
    /// Calls a waiter when its handle's descriptor is ready. Its owner must close the handle only after <see cref="TakeOut"/> or <see cref="Forget"/>.
    /// </summary>
    /// <returns>Why the descriptor cannot be waited for, or null if it can.</returns>
    public Exception? Wait(SafeHandle owner, FdEvents interest, Waiter waiter)
    {
        int fd = (int)owner.DangerousGetHandle();
        var registration = owner is OwnHandle own ? own.Registration : _byNumber.Find(fd);
        if (registration is null || !registration.IsWatchedFor(owner, interest))
        {
            Errno error = Watch(fd, owner, interest, isBound: owner is OwnHandle, out registration);
            if (error != Errno.None)
                return DescriptorErrors.CannotWatch(fd, owner, error);
        }
        Enqueue(registration!, interest, waiter);
        return null;
    }

    /// <summary>A handle is about to be closed. Fails its waiters with the table's error for closed handles.</summary>
    public void Forget(SafeHandle owner)
    {
        if (_byNumber.Find((int)owner.DangerousGetHandle()) is { } registration && registration.BelongsTo(owner))
            FailWaiters(registration);
    }

    /// <summary>Removes a waiter that has a registration.</summary>
    internal void TakeOut(Waiter waiter)
    {
        waiter.Registration!.Remove(waiter);
        _waiting--;
        if (waiter.NeedsLooking)
            _looked--;
    }

    /// <summary>Wakes <see cref="Poll"/>. Any thread may call it, even after Dispose.</summary>
    public void Wake() => poller.Wake();

    /// <summary>Removes all waiters. They may be events of other loops, which would seem to be reachable.</summary>
    public void Dispose()
    {
        _byNumber.Clear();
        poller.Dispose();
    }

    private static void CheckInterest(FdEvents interest)
    {
        if (interest == FdEvents.None || (interest & ~(FdEvents.Read | FdEvents.Write)) != 0)
            throw new ArgumentOutOfRangeException(nameof(interest), interest, "Wait for FdEvents.Read, FdEvents.Write or both.");
    }

    private void Wait(int fd, SafeHandle? owner, FdEvents interest, LoopHandle e)
    {
        Errno error = Watch(fd, owner, interest, isBound: false, out var registration);
        if (error == Errno.None)
            Enqueue(registration!, owner, interest, e);
        else if (error == Errno.EPERM)
            e.Trigger();
        else
            e.Fail(DescriptorErrors.CannotWatch(fd, owner, error));
    }

    /// <summary>Ensures that a descriptor is watched for at least the given events, and that its registration belongs to this file.</summary>
    /// <param name="fd">The descriptor.</param>
    /// <param name="owner">Its handle; null for a bare number.</param>
    /// <param name="interest">The events.</param>
    /// <param name="isBound">True if the handle is an <see cref="OwnHandle"/> and its owner waits. Other code, perhaps on another loop, may wait for it too.</param>
    /// <param name="registration">The registration; null if the system refuses.</param>
    private Errno Watch(int fd, SafeHandle? owner, FdEvents interest, bool isBound, out Registration? registration)
    {
        registration = _byNumber.Find(fd);
        if (registration is not null)
        {
            if (registration.First is not null)
                FailClosed(registration);
            if (registration.Generation != 0 && !registration.IsAbandoned)
            {
                Errno error = Control(owner, registration, interest | registration.Watched, isNew: false, isBound);
                if (error is not (Errno.ENOENT or Errno.EBADF or Errno.EPERM))
                    return error;
            }
            if (registration.Generation != 0)
                FailWaiters(registration);   // usually the number belongs to a new file that the poller does not know: removing it would cost each connection a useless system call
        }
        registration = Register(fd);
        Errno refusal = Control(owner, registration, interest, isNew: true, isBound);
        if (refusal == Errno.EEXIST)
        {
            _ = poller.Remove(fd);
            refusal = Control(owner, registration, interest, isNew: true, isBound);
        }
        if (refusal != Errno.None)
            Free(registration);
        return refusal;
    }

    /// <summary>Updates the poller. The owner is held only for the system call: code that disposes a held socket waits until it is released.</summary>
    private Errno Control(SafeHandle? owner, Registration registration, FdEvents watched, bool isNew, bool isBound)
    {
        bool isHeld = false;
        try
        {
            owner?.DangerousAddRef(ref isHeld);
            Errno error = isNew
                ? poller.Add(registration.Descriptor, watched, registration.Datum)
                : poller.Modify(registration.Descriptor, watched, registration.Datum);
            if (error == Errno.None)
            {
                registration.Watched = watched;
                if (isBound)
                    registration.Bind((OwnHandle)owner!);
                else if (owner is not null)
                    registration.BelongTo(owner);
            }
            return error;
        }
        catch (ObjectDisposedException) when (!isHeld)
        {
            return Errno.EBADF;
        }
        finally
        {
            if (isHeld)
                owner!.DangerousRelease();
        }
    }

    private void Enqueue(Registration registration, SafeHandle? owner, FdEvents interest, LoopHandle e)
    {
        var waiter = RentWaiter();
        waiter.Assign(e, owner);
        Enqueue(registration, interest, waiter);
        waiter.IsHooked = e.OnCompleted(waiter);
    }

    private void Enqueue(Registration registration, FdEvents interest, Waiter waiter)
    {
        waiter.Interest = interest;
        registration.Append(waiter);
        _waiting++;
        if (waiter.NeedsLooking)
            _looked++;
    }
}

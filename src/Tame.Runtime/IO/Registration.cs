using System.Runtime.InteropServices;

namespace Tame.IO;

/// <summary>A file descriptor that the poller watches, and its waiters in order of arrival.</summary>
/// <remarks>It outlives its waiters, so that the next wait costs no system call. Without waiters it keeps no owner alive.</remarks>
internal sealed class Registration(int fd)
{
    /// <summary>The owner, unless it is a bound <see cref="OwnHandle"/>, which refers to this instead.</summary>
    private OwnerReference? _owner;
    private volatile bool _isOwnerGone;
    private Ownership _ownership;
    private byte _watched;

    private enum Ownership : byte
    {
        /// <summary>It is a bare number.</summary>
        None,

        /// <summary>It belongs to the target of the weak reference.</summary>
        Handle,

        /// <summary>It belongs to an <see cref="IO.OwnHandle"/>, which reports its closing.</summary>
        OwnHandle,
    }

    /// <summary>Distinguishes this use of the number from earlier ones. Zero while it is free.</summary>
    public uint Generation { get; private set; }

    /// <summary>The low part of the number of the poller's wait during which it became free.</summary>
    public uint FreeSince { get; private set; }

    public int Descriptor => fd;

    /// <summary>The events that the poller watches for: at least those that the waiters want.</summary>
    public FdEvents Watched
    {
        get => (FdEvents)_watched;
        set => _watched = (byte)value;
    }

    /// <summary>The first of the waiters. Each has the next one, and the first one has the last.</summary>
    public Waiter? First { get; private set; }

    /// <summary>The datum that the poller returns with a readiness.</summary>
    public ulong Datum => (ulong)Generation << 32 | (uint)fd;

    /// <summary>The owner. Null if it is not known: it was collected, or is a bound <see cref="OwnHandle"/> for which no event waits.</summary>
    public SafeHandle? Owner => _ownership switch
    {
        Ownership.None => null,
        Ownership.OwnHandle => OpenOwner(),
        _ => _owner!.InUse ?? (SafeHandle?)_owner.Target,
    };

    public bool HasOwner => _ownership != Ownership.None;

    /// <summary>Set by the thread that closes the bound <see cref="OwnHandle"/>.</summary>
    public bool IsOwnerGone
    {
        set => _isOwnerGone = value;
    }

    /// <summary>True if the owner was closed or collected: the number may now belong to another file.</summary>
    public bool IsAbandoned => _ownership switch
    {
        Ownership.None => false,
        Ownership.OwnHandle => _isOwnerGone,
        _ => Owner is null or { IsClosed: true },
    };

    /// <summary>The open handle of the first waiter that has one.</summary>
    public SafeHandle? OpenOwner()
    {
        var waiter = First;
        while (waiter is not null and not EventWaiter { Owner: { IsClosed: false } })
            waiter = waiter.Following;
        return waiter?.Owner;
    }

    public bool IsWatchedFor(SafeHandle owner, FdEvents interest) => (Watched & interest) == interest && BelongsTo(owner);

    public bool BelongsTo(SafeHandle owner) => _ownership == Ownership.OwnHandle
        ? owner is OwnHandle own && ReferenceEquals(own.Registration, this)
        : _ownership == Ownership.Handle && ReferenceEquals(Owner, owner);

    public void Open(uint generation) => Generation = generation;

    public void Free(uint wait)
    {
        Generation = 0;
        FreeSince = wait;
        Watched = FdEvents.None;
        BelongTo(null);
    }

    /// <summary>Binds a handle of this library, whose owner notifies the table before it closes the handle.</summary>
    public void Bind(OwnHandle owner)
    {
        BelongTo(null);
        _isOwnerGone = false;
        _ownership = Ownership.OwnHandle;
        owner.Registration = this;
    }

    public void BelongTo(SafeHandle? owner)
    {
        _ownership = owner is null ? Ownership.None : Ownership.Handle;
        if (owner is null && _owner is null)
            return;
        _owner ??= new OwnerReference();
        _owner.Target = owner;
        _owner.InUse = First is null ? null : owner;
    }

    public void Append(Waiter waiter)
    {
        waiter.Registration = this;
        if (First is { } first)
        {
            var last = first.Previous!;
            last.Following = waiter;
            waiter.Previous = last;
            first.Previous = waiter;
            return;
        }
        if (_ownership == Ownership.Handle)
            _owner!.InUse = Owner;
        First = waiter;
        waiter.Previous = waiter;
    }

    public void Remove(Waiter waiter)
    {
        var (previous, following) = (waiter.Previous!, waiter.Following);
        if (ReferenceEquals(First, waiter))
            First = following;
        else
            previous.Following = following;
        if ((following ?? First) is { } later)
            later.Previous = previous;
        waiter.Previous = waiter.Following = null;
        waiter.Registration = null;
        if (First is null && _owner is not null)
            _owner.InUse = null;
    }

    /// <summary>A handle that belongs to other code, which waiters keep alive.</summary>
    private sealed class OwnerReference() : WeakReference(null)
    {
        public SafeHandle? InUse { get; set; }
    }
}

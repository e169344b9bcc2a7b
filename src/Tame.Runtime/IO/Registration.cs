using System.Runtime.InteropServices;

namespace Tame.IO;

/// <summary>A file descriptor that the poller watches, and its waiters in order of arrival.</summary>
/// <remarks>It outlives its waiters, so that the next wait costs no system call. Without waiters it keeps no owner alive.</remarks>
internal sealed class Registration(int slot)
{
    private readonly WeakReference<SafeHandle?> _owner = new(null);
    private SafeHandle? _ownerInUse;
    private bool _hasOwner;
    private IntrusiveList<Waiter, Waiter.InRegistration> _waiters;

    public int Slot => slot;

    /// <summary>Distinguishes this use of the slot from earlier ones. Zero while the slot is free.</summary>
    public uint Generation { get; private set; }

    /// <summary>The wait of the poller during which the slot became free.</summary>
    public long FreeSince { get; private set; }

    public int Descriptor { get; private set; }

    /// <summary>The events that the poller watches for: at least those that the waiters want.</summary>
    public FdEvents Watched { get; set; }

    public Waiter? First => _waiters.First;

    /// <summary>The datum that the poller returns with a readiness.</summary>
    public ulong Datum => (ulong)Generation << 32 | (uint)slot;

    public SafeHandle? Owner => _ownerInUse ?? (_hasOwner && _owner.TryGetTarget(out var owner) ? owner : null);

    public bool HasOwner => _hasOwner;

    /// <summary>True if the owner was closed or collected: the number may now belong to another file.</summary>
    public bool IsAbandoned => _hasOwner && Owner is null or { IsClosed: true };

    /// <summary>The open handle of the first waiter that has one.</summary>
    public SafeHandle? OpenOwner()
    {
        var waiter = First;
        while (waiter is { Owner: null or { IsClosed: true } })
            waiter = waiter.Following;
        return waiter?.Owner;
    }

    public bool IsWatchedFor(SafeHandle owner, FdEvents interest) =>
        (Watched & interest) == interest && ReferenceEquals(Owner, owner);

    public void Open(uint generation, int fd) => (Generation, Descriptor) = (generation, fd);

    public void Free(long wait)
    {
        Generation = 0;
        FreeSince = wait;
        Watched = FdEvents.None;
        BelongTo(null);
    }

    public void BelongTo(SafeHandle? owner)
    {
        _hasOwner = owner is not null;
        _owner.SetTarget(owner);
        _ownerInUse = First is null ? null : owner;
    }

    public void Append(Waiter waiter)
    {
        waiter.Registration = this;
        if (First is null)
            _ownerInUse = Owner;
        _waiters.AddLast(waiter);
    }

    public void Remove(Waiter waiter)
    {
        _waiters.Remove(waiter);
        waiter.Registration = null;
        if (First is null)
            _ownerInUse = null;
    }
}

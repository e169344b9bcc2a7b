using System.Runtime.InteropServices;

namespace Tame.IO;

/// <summary>An event that waits for a descriptor; as a hook on that event it leaves the table when the event completes otherwise.</summary>
internal sealed class Waiter(DescriptorTable table) : Hook
{
    public Event Event;
    public FdEvents Interest;

    /// <summary>The handle through which it waits; null for a bare number.</summary>
    public SafeHandle? Owner;

    /// <summary>Where it waits; null once it has been taken out.</summary>
    public Registration? Registration;

    private Links<Waiter> _links;

    /// <summary>The one that comes behind this, in its registration or in a chain of those that were taken out.</summary>
    public Waiter? Following
    {
        get => _links.Next;
        set => _links.Next = value;
    }

    /// <summary>The event still has this as its hook, and will tell of its completion.</summary>
    public bool IsHooked;

    /// <summary>Taken out of the table, and about to be completed.</summary>
    public bool IsTaken;

    internal override void Completed(EventLoop loop) => table.OnCompleted(this);

    /// <summary>The place of a waiter in its registration.</summary>
    internal readonly struct InRegistration : ILinks<Waiter>
    {
        public static ref Links<Waiter> Of(Waiter item) => ref item._links;
    }
}

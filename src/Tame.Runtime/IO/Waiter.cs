using System.Runtime.InteropServices;

namespace Tame.IO;

/// <summary>
/// Waits for a descriptor. It is a hook as well, so that an object that waits and sits on the event of its owner is one object.
/// </summary>
internal abstract class Waiter : Hook
{
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

    /// <summary>Taken out of the table, and about to be called.</summary>
    public bool IsTaken;

    /// <summary>The handle may be closed, or the event may complete, without word to the table: it has to look.</summary>
    public abstract bool NeedsLooking { get; }

    /// <summary>The waiter has completed otherwise, without word to the table.</summary>
    public virtual bool IsOver => false;

    /// <summary>The descriptor is ready, or can no longer be waited for. Called once, on the loop's thread, when the waiter is out of the table; runs no user code.</summary>
    /// <param name="error">Why it cannot be waited for; null when it is ready.</param>
    public abstract void Report(Exception? error);

    /// <summary>It is out of the table, and will not be called.</summary>
    public virtual void Dropped()
    {
    }

    /// <summary>The place of a waiter in its registration.</summary>
    internal readonly struct InRegistration : ILinks<Waiter>
    {
        public static ref Links<Waiter> Of(Waiter item) => ref item._links;
    }
}

/// <summary>An event that waits for a descriptor; as a hook on that event it leaves the table when the event completes otherwise. Pooled.</summary>
internal sealed class EventWaiter(DescriptorTable table) : Waiter
{
    public Event Event;

    /// <summary>The event still has this as its hook, and will tell of its completion.</summary>
    public bool IsHooked;

    public override bool NeedsLooking => true;

    /// <summary>Events of other loops have no hook here.</summary>
    public override bool IsOver => !IsHooked && !Event.IsPending;

    public override void Report(Exception? error)
    {
        var e = Event;
        if (!IsHooked)
            table.Return(this);
        if (error is null)
            e.Trigger();
        else
            e.Fail(error);
    }

    public override void Dropped() => table.Return(this);

    internal override void Completed(EventLoop loop)
    {
        IsHooked = false;
        if (Registration is not null)
            table.TakeOut(this);
        else if (IsTaken)
            return;
        Event.ReturnLifeline();
        table.Return(this);
    }
}

using System.Runtime.InteropServices;

namespace Tame.IO;

/// <summary>Waits for a file descriptor. It is also a hook, so that one object can both wait and be attached to the event of its owner.</summary>
internal abstract class Waiter : Hook
{
    /// <summary>The <see cref="FdEvents"/> that it waits for, in one byte: there are as many waiters as connections.</summary>
    private byte _interest;

    public FdEvents Interest
    {
        get => (FdEvents)_interest;
        set => _interest = (byte)value;
    }

    /// <summary>
    /// The handle through which an event waits. Null for a bare number. Null for any other waiter too: its owner keeps the handle, and calls the table before it
    /// closes it.
    /// </summary>
    public virtual SafeHandle? Owner => null;

    /// <summary>The registration in which it waits. Null after it has been removed.</summary>
    public Registration? Registration;

    /// <summary>The next waiter in its registration, or in a chain of removed waiters.</summary>
    public Waiter? Following;

    /// <summary>The previous waiter in its registration. In the first one, the last.</summary>
    public Waiter? Previous;

    /// <summary>True if it was removed from the table and is about to be called.</summary>
    public bool IsTaken;

    /// <summary>True if the handle may be closed, or the event may complete, without notifying the table, so that the table must check.</summary>
    public abstract bool NeedsLooking { get; }

    /// <summary>True if something else completed the waiter, without notifying the table.</summary>
    public virtual bool IsOver => false;

    /// <summary>
    /// The descriptor is ready, or can no longer be waited for. Called once, on the loop's thread, after the waiter has left the table. Implementations run no
    /// user code.
    /// </summary>
    /// <param name="error">Why it cannot be waited for, or null if it is ready.</param>
    public abstract void Report(Exception? error);

    /// <summary>It has left the table, and will not be called.</summary>
    public virtual void Dropped()
    {
    }
}

/// <summary>An event that waits for a file descriptor. As a hook on that event, it leaves the table when something else completes the event. Pooled.</summary>
internal sealed class EventWaiter(DescriptorTable table) : Waiter
{
    public LoopHandle Event;
    private SafeHandle? _owner;

    public override SafeHandle? Owner => _owner;

    /// <summary>True if the event still has this object as its hook, and will call it at completion.</summary>
    public bool IsHooked;

    public override bool NeedsLooking => true;

    public void Assign(LoopHandle e, SafeHandle? owner) => (Event, _owner) = (e, owner);

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

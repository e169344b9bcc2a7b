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

    public Waiter? Previous;
    public Waiter? Following;

    /// <summary>The event still has this as its hook, and will tell of its completion.</summary>
    public bool IsHooked;

    /// <summary>Taken out of the table, and about to be completed.</summary>
    public bool IsTaken;

    internal override void Completed(EventLoop loop) => table.OnCompleted(this);
}

namespace Tame.CompilerServices;

// Events of an explicit rendezvous: mkevent(r, id, out slot)
public abstract partial class Closure
{
    /// <summary>Creates an event in an explicit rendezvous.</summary>
    /// <param name="rendezvous">The rendezvous.</param>
    /// <param name="line">The user's line.</param>
    /// <returns>The event.</returns>
    /// <exception cref="ArgumentNullException">The rendezvous is null.</exception>
    /// <exception cref="ObjectDisposedException">The rendezvous is cancelled.</exception>
    /// <exception cref="InvalidOperationException">This thread has no loop, or the rendezvous belongs to another loop.</exception>
    public Event Make(Rendezvous rendezvous, int line)
    {
        ArgumentNullException.ThrowIfNull(rendezvous);
        var lifeline = rendezvous.Add(this, null, 0, line, out var entry);
        return new Event(lifeline, entry.First.Number);
    }

    /// <inheritdoc cref="Make(Rendezvous, int)"/>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="rendezvous">The rendezvous.</param>
    /// <param name="slot">The slot for the value.</param>
    /// <param name="line">The user's line.</param>
    public Event<T> Make<T>(Rendezvous rendezvous, Slot<T> slot, int line)
    {
        ArgumentNullException.ThrowIfNull(rendezvous);
        var lifeline = rendezvous.Add(this, slot.Target, slot.Offset, line, out var entry);
        KeepFor(entry, slot.Target);
        return new Event<T>(lifeline, entry.First.Number);
    }

    /// <inheritdoc cref="Make(Rendezvous, int)"/>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <param name="rendezvous">The rendezvous.</param>
    /// <param name="slot1">The slot for the first value.</param>
    /// <param name="slot2">The slot for the second value.</param>
    /// <param name="line">The user's line.</param>
    public Event<T1, T2> Make<T1, T2>(Rendezvous rendezvous, Slot<T1> slot1, Slot<T2> slot2, int line)
    {
        ArgumentNullException.ThrowIfNull(rendezvous);
        var lifeline = rendezvous.Add(this, null, 0, line, out var entry);
        var set = Gather(slot1, slot2);
        Attach(entry, set);
        return new Event<T1, T2>(lifeline, entry.First.Number);
    }

    /// <inheritdoc cref="Make(Rendezvous, int)"/>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    /// <param name="rendezvous">The rendezvous.</param>
    /// <param name="slot1">The slot for the first value.</param>
    /// <param name="slot2">The slot for the second value.</param>
    /// <param name="slot3">The slot for the third value.</param>
    /// <param name="line">The user's line.</param>
    public Event<T1, T2, T3> Make<T1, T2, T3>(Rendezvous rendezvous, Slot<T1> slot1, Slot<T2> slot2, Slot<T3> slot3, int line)
    {
        ArgumentNullException.ThrowIfNull(rendezvous);
        var lifeline = rendezvous.Add(this, null, 0, line, out var entry);
        var set = Gather(slot1, slot2);
        set.Put(2, slot3.Target, slot3.Offset);
        Attach(entry, set);
        return new Event<T1, T2, T3>(lifeline, entry.First.Number);
    }

    /// <inheritdoc cref="Make(Rendezvous, int)"/>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    /// <typeparam name="T4">The type of the fourth value.</typeparam>
    /// <param name="rendezvous">The rendezvous.</param>
    /// <param name="slot1">The slot for the first value.</param>
    /// <param name="slot2">The slot for the second value.</param>
    /// <param name="slot3">The slot for the third value.</param>
    /// <param name="slot4">The slot for the fourth value.</param>
    /// <param name="line">The user's line.</param>
    public Event<T1, T2, T3, T4> Make<T1, T2, T3, T4>(Rendezvous rendezvous, Slot<T1> slot1, Slot<T2> slot2, Slot<T3> slot3, Slot<T4> slot4, int line)
    {
        ArgumentNullException.ThrowIfNull(rendezvous);
        var lifeline = rendezvous.Add(this, null, 0, line, out var entry);
        var set = Gather(slot1, slot2);
        set.Put(2, slot3.Target, slot3.Offset);
        set.Put(3, slot4.Target, slot4.Offset);
        Attach(entry, set);
        return new Event<T1, T2, T3, T4>(lifeline, entry.First.Number);
    }

    /// <inheritdoc cref="Make(Rendezvous, int)"/>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <param name="rendezvous">The rendezvous.</param>
    /// <param name="id">The event's id.</param>
    /// <param name="line">The user's line.</param>
    public Event Make<TId>(Rendezvous<TId> rendezvous, TId id, int line)
    {
        ArgumentNullException.ThrowIfNull(rendezvous);
        var lifeline = rendezvous.Add(this, id, null, 0, line, out var entry);
        return new Event(lifeline, entry.First.Number);
    }

    /// <inheritdoc cref="Make(Rendezvous, int)"/>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="rendezvous">The rendezvous.</param>
    /// <param name="id">The event's id.</param>
    /// <param name="slot">The slot for the value.</param>
    /// <param name="line">The user's line.</param>
    public Event<T> Make<TId, T>(Rendezvous<TId> rendezvous, TId id, Slot<T> slot, int line)
    {
        ArgumentNullException.ThrowIfNull(rendezvous);
        var lifeline = rendezvous.Add(this, id, slot.Target, slot.Offset, line, out var entry);
        KeepFor(entry, slot.Target);
        return new Event<T>(lifeline, entry.First.Number);
    }

    /// <inheritdoc cref="Make(Rendezvous, int)"/>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <param name="rendezvous">The rendezvous.</param>
    /// <param name="id">The event's id.</param>
    /// <param name="slot1">The slot for the first value.</param>
    /// <param name="slot2">The slot for the second value.</param>
    /// <param name="line">The user's line.</param>
    public Event<T1, T2> Make<TId, T1, T2>(Rendezvous<TId> rendezvous, TId id, Slot<T1> slot1, Slot<T2> slot2, int line)
    {
        ArgumentNullException.ThrowIfNull(rendezvous);
        var lifeline = rendezvous.Add(this, id, null, 0, line, out var entry);
        var set = Gather(slot1, slot2);
        Attach(entry, set);
        return new Event<T1, T2>(lifeline, entry.First.Number);
    }

    /// <inheritdoc cref="Make(Rendezvous, int)"/>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    /// <param name="rendezvous">The rendezvous.</param>
    /// <param name="id">The event's id.</param>
    /// <param name="slot1">The slot for the first value.</param>
    /// <param name="slot2">The slot for the second value.</param>
    /// <param name="slot3">The slot for the third value.</param>
    /// <param name="line">The user's line.</param>
    public Event<T1, T2, T3> Make<TId, T1, T2, T3>(Rendezvous<TId> rendezvous, TId id, Slot<T1> slot1, Slot<T2> slot2, Slot<T3> slot3, int line)
    {
        ArgumentNullException.ThrowIfNull(rendezvous);
        var lifeline = rendezvous.Add(this, id, null, 0, line, out var entry);
        var set = Gather(slot1, slot2);
        set.Put(2, slot3.Target, slot3.Offset);
        Attach(entry, set);
        return new Event<T1, T2, T3>(lifeline, entry.First.Number);
    }

    /// <inheritdoc cref="Make(Rendezvous, int)"/>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    /// <typeparam name="T4">The type of the fourth value.</typeparam>
    /// <param name="rendezvous">The rendezvous.</param>
    /// <param name="id">The event's id.</param>
    /// <param name="slot1">The slot for the first value.</param>
    /// <param name="slot2">The slot for the second value.</param>
    /// <param name="slot3">The slot for the third value.</param>
    /// <param name="slot4">The slot for the fourth value.</param>
    /// <param name="line">The user's line.</param>
    public Event<T1, T2, T3, T4> Make<TId, T1, T2, T3, T4>(Rendezvous<TId> rendezvous, TId id, Slot<T1> slot1, Slot<T2> slot2, Slot<T3> slot3, Slot<T4> slot4, int line)
    {
        ArgumentNullException.ThrowIfNull(rendezvous);
        var lifeline = rendezvous.Add(this, id, null, 0, line, out var entry);
        var set = Gather(slot1, slot2);
        set.Put(2, slot3.Target, slot3.Offset);
        set.Put(3, slot4.Target, slot4.Offset);
        Attach(entry, set);
        return new Event<T1, T2, T3, T4>(lifeline, entry.First.Number);
    }

    /// <summary>Keeps this closure alive until the event completes, because the event's slots may be in it.</summary>
    private void Attach(RendezvousEntry entry, SlotSet set)
    {
        entry.First.Target = set;
        entry.First.Offset = SlotKind.Set;
        if (set.Reaches(this))
            KeepFor(entry, this);
    }

    private void KeepFor(RendezvousEntry entry, object? target)
    {
        if (!ReferenceEquals(target, this))
            return;
        entry.SlotOwner = this;
        AddReference();
    }
}

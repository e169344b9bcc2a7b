namespace Tame.CompilerServices;

// Events of the innermost open block: mkevent(out slot)
public abstract partial class Closure
{
    /// <summary>Creates a slot in a field of this closure.</summary>
    /// <typeparam name="T">The type of the field.</typeparam>
    /// <param name="location">The field.</param>
    /// <returns>The slot.</returns>
    public Slot<T> Slot<T>(ref T location) => CompilerServices.Slot.At(this, ref location);

    /// <summary>Creates a slot in a field of this closure, and sets the field to its default, because its variable is declared with the slot.</summary>
    /// <typeparam name="T">The type of the field.</typeparam>
    /// <param name="location">The field.</param>
    /// <returns>The slot.</returns>
    public Slot<T> NewSlot<T>(ref T location)
    {
        location = default!;
        return Slot(ref location);
    }

    /// <summary>Creates an event in the innermost open block.</summary>
    /// <param name="line">The user's line.</param>
    /// <returns>The event.</returns>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    public Event Make(int line)
    {
        var lifeline = Innermost.Add(RequireLoop(), null, 0, line, out long number);
        return new Event(lifeline, number);
    }

    /// <summary>Creates the only event of the innermost open block, for a method of the runtime that keeps its only handle.</summary>
    /// <param name="line">The user's line.</param>
    /// <returns>The handle.</returns>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    public KeptEvent Keep(int line) => Keep(null, 0, line);

    /// <inheritdoc cref="Keep(int)"/>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="slot">The slot for the value.</param>
    /// <param name="line">The user's line.</param>
    public KeptEvent<T> Keep<T>(Slot<T> slot, int line) => new(Keep(slot.Target, slot.Offset, line));

    /// <inheritdoc cref="Keep(int)"/>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <param name="slot1">The slot for the first value.</param>
    /// <param name="slot2">The slot for the second value.</param>
    /// <param name="line">The user's line.</param>
    public KeptEvent<T1, T2> Keep<T1, T2>(Slot<T1> slot1, Slot<T2> slot2, int line) => new(Keep(Gather(slot1, slot2), SlotKind.Set, line));

    /// <inheritdoc cref="Make(int)"/>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="slot">The slot for the value.</param>
    /// <param name="line">The user's line.</param>
    public Event<T> Make<T>(Slot<T> slot, int line)
    {
        var lifeline = Innermost.Add(RequireLoop(), slot.Target, slot.Offset, line, out long number);
        return new Event<T>(lifeline, number);
    }

    /// <inheritdoc cref="Make(int)"/>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <param name="slot1">The slot for the first value.</param>
    /// <param name="slot2">The slot for the second value.</param>
    /// <param name="line">The user's line.</param>
    public Event<T1, T2> Make<T1, T2>(Slot<T1> slot1, Slot<T2> slot2, int line)
    {
        var lifeline = Innermost.Add(RequireLoop(), Gather(slot1, slot2), SlotKind.Set, line, out long number);
        return new Event<T1, T2>(lifeline, number);
    }

    /// <inheritdoc cref="Make(int)"/>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    /// <param name="slot1">The slot for the first value.</param>
    /// <param name="slot2">The slot for the second value.</param>
    /// <param name="slot3">The slot for the third value.</param>
    /// <param name="line">The user's line.</param>
    public Event<T1, T2, T3> Make<T1, T2, T3>(Slot<T1> slot1, Slot<T2> slot2, Slot<T3> slot3, int line)
    {
        var set = Gather(slot1, slot2);
        set.Put(2, slot3.Target, slot3.Offset);
        var lifeline = Innermost.Add(Loop!, set, SlotKind.Set, line, out long number);
        return new Event<T1, T2, T3>(lifeline, number);
    }

    /// <inheritdoc cref="Make(int)"/>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    /// <typeparam name="T4">The type of the fourth value.</typeparam>
    /// <param name="slot1">The slot for the first value.</param>
    /// <param name="slot2">The slot for the second value.</param>
    /// <param name="slot3">The slot for the third value.</param>
    /// <param name="slot4">The slot for the fourth value.</param>
    /// <param name="line">The user's line.</param>
    public Event<T1, T2, T3, T4> Make<T1, T2, T3, T4>(Slot<T1> slot1, Slot<T2> slot2, Slot<T3> slot3, Slot<T4> slot4, int line)
    {
        var set = Gather(slot1, slot2);
        set.Put(2, slot3.Target, slot3.Offset);
        set.Put(3, slot4.Target, slot4.Offset);
        var lifeline = Innermost.Add(Loop!, set, SlotKind.Set, line, out long number);
        return new Event<T1, T2, T3, T4>(lifeline, number);
    }

    private KeptEvent Keep(object? target, nint offset, int line)
    {
        var block = Innermost;
        return new KeptEvent(block, block.Keep(RequireLoop(), target, offset, line));
    }

    /// <summary>Creates a pooled set of slots with the first two filled in.</summary>
    private SlotSet Gather<T1, T2>(Slot<T1> slot1, Slot<T2> slot2)
    {
        var set = RequireLoop().Pools.RentSlotSet();
        set.Put(0, slot1.Target, slot1.Offset);
        set.Put(1, slot2.Target, slot2.Offset);
        return set;
    }
}

using System.Diagnostics;
using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

/// <summary>A pending event inside its source: its number, the slot for its value, and the hooks to call when it completes.</summary>
internal struct Cell
{
    /// <summary>Unique among all events of all loops; zero once the event is complete.</summary>
    public long Number;
    public object? Target;
    public Hook? Hooks;
    public int Offset;
    public int Line;

    /// <summary>In a source's first cell: the source's index in the set that holds it. It is stored here because this struct has space for it.</summary>
    public int Place;

    /// <summary>The index of a timer that is removed when the event completes.</summary>
    public OptionalIndex Timer;

    public readonly bool IsPending => Number != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Write<T>(T value) => SlotKind.Write(Target, Offset, value);

    /// <summary>The slots of an event with several. Null if all of them are discarded.</summary>
    public readonly SlotSet? Set => Unsafe.As<SlotSet?>(Target);

    /// <summary>Sets where the value goes. An offset has 32 bits here, which only an element of a giant array exceeds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Aim(object? target, nint offset)
    {
        int place = (int)offset;
        if (place != offset)
            (target, place) = (new FarPlace(target!, offset), SlotKind.Far);
        Offset = place;
        if (!ReferenceEquals(Target, target))
            Target = target; // usually both are null, and writing a reference is expensive
    }

    /// <summary>
    /// Marks the event complete and drops its target and its timer. Returns the hooks, which the caller must call. The timer drops its handle, which returns
    /// the lifeline of a cancelled event. Code that completes an event in another way has already taken the lifeline.
    /// </summary>
    /// <param name="loop">The loop.</param>
    /// <param name="source">The object that contains the cell, which may stay as its target: usually the next event of a block has the same target.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Hook? Close(EventLoop loop, object? source = null)
    {
        long number = Number;
        Debug.Assert(number != 0, "An event completes once.");
        Number = 0;
        loop.Numbers.Completed++;
        if (Timer.IsSet)
        {
            loop.Timers.Remove(Timer.Value, number);
            Timer = default;
        }
        if (Offset == SlotKind.Set)
            loop.Pools.Return(Set);
        if (!ReferenceEquals(Target, source))
            Target = null;
        var hooks = Hooks;
        if (hooks is not null)
            Hooks = null;
        return hooks;
    }
}

using System.Diagnostics;
using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

/// <summary>A pending event inside its source: its number, where its value goes, and what wants to know when it completes.</summary>
internal struct Cell
{
    /// <summary>Unique among all events of all loops; zero once the event is complete.</summary>
    public long Number;
    public object? Target;
    public Hook? Hooks;
    public int Offset;
    public int Line;

    /// <summary>In a source's first cell, where the source stands in the set that holds it: the struct has room for it here, the source has not.</summary>
    public int Place;

    /// <summary>Where the loop keeps a timer that leaves with the event.</summary>
    public OptionalIndex Timer;

    public readonly bool IsPending => Number != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Write<T>(T value) => SlotKind.Write(Target, Offset, value);

    /// <summary>The slots of an event with several; null where all of them are discarded.</summary>
    public readonly SlotSet? Set => Unsafe.As<SlotSet?>(Target);

    /// <summary>Where the value will go. An offset is half a word here, which only an element of a giant array does not fit in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Aim(object? target, nint offset)
    {
        int place = (int)offset;
        if (place != offset)
            (target, place) = (new FarPlace(target!, offset), SlotKind.Far);
        Offset = place;
        if (!ReferenceEquals(Target, target))
            Target = target; // most often both are null, and writing a reference is what costs here
    }

    /// <summary>
    /// Marks the event complete and drops its target and its timer. Returns the hooks, which the caller must call. The timer drops its handle,
    /// which gives back the lifeline of a cancelled event; who completes one has taken the lifeline before.
    /// </summary>
    /// <param name="loop">The loop.</param>
    /// <param name="source">The object that the cell is in, where it may keep itself as a target: most often the next event of a block aims there too.</param>
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

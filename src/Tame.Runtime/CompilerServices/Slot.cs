using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Tame.CompilerServices;

/// <summary>Where an event's value goes when it triggers: a place in an object, a static field, or nowhere.</summary>
/// <typeparam name="T">The type of the value, which is the exact type of the place.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Slot<T>
{
    internal readonly object? Target;
    internal readonly nint Offset;

    internal Slot(object? target, nint offset)
    {
        Target = target;
        Offset = offset;
    }

    /// <summary>The value is dropped.</summary>
    public static Slot<T> Discard => default;

    /// <summary>Writes the place now: how the id of a <c>twait(r, out a[i])</c> gets to a location that was fixed before the wait.</summary>
    /// <param name="value">The value.</param>
    public void Write(T value) => SlotKind.Write(Target, Offset, value);
}

/// <summary>Makes slots. What generated code passes here is not checked: a location outside its target corrupts memory.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Slot
{
    /// <summary>A place inside an object: a field of it or an element of an array, through structs as deep as you like.</summary>
    /// <typeparam name="T">The exact type of the place.</typeparam>
    /// <param name="target">The object that contains <paramref name="location"/>.</param>
    /// <param name="location">The place.</param>
    /// <returns>The slot.</returns>
    public static Slot<T> At<T>(object target, ref T location) =>
        new(target, Unsafe.ByteOffset(ref SlotKind.StartOf(target), ref Unsafe.As<T, byte>(ref location)));

    /// <summary>A place inside an object whose variable is declared with the slot, and so starts at its default.</summary>
    /// <typeparam name="T">The exact type of the place.</typeparam>
    /// <param name="target">The object that contains <paramref name="location"/>.</param>
    /// <param name="location">The place.</param>
    /// <returns>The slot.</returns>
    public static Slot<T> NewAt<T>(object target, ref T location)
    {
        location = default!;
        return At(target, ref location);
    }

    /// <summary>A static field, written by a setter.</summary>
    /// <typeparam name="T">The type of the field.</typeparam>
    /// <param name="setter">Assigns the field and does nothing else.</param>
    /// <returns>The slot.</returns>
    public static Slot<T> Static<T>(Action<T> setter)
    {
        ArgumentNullException.ThrowIfNull(setter);
        return new(setter, SlotKind.Setter);
    }
}

using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Tame.CompilerServices;

/// <summary>The destination of an event's value: a location in an object, a static field, or nowhere.</summary>
/// <typeparam name="T">The type of the value, which is the exact type of the location.</typeparam>
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

    /// <summary>A slot that drops the value.</summary>
    public static Slot<T> Discard => default;

    /// <summary>Writes the location now. It stores the id of a <c>twait(r, out a[i])</c> in a location that was evaluated before the wait.</summary>
    /// <param name="value">The value.</param>
    public void Write(T value) => SlotKind.Write(Target, Offset, value);
}

/// <summary>Creates slots. The arguments from generated code are not checked: a location outside its target corrupts memory.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Slot
{
    /// <summary>Creates a slot for a location inside an object: a field or an array element, nested in any number of structs.</summary>
    /// <typeparam name="T">The exact type of the location.</typeparam>
    /// <param name="target">The object that contains <paramref name="location"/>.</param>
    /// <param name="location">The location.</param>
    /// <returns>The slot.</returns>
    public static Slot<T> At<T>(object target, ref T location) =>
        new(target, Unsafe.ByteOffset(ref SlotKind.StartOf(target), ref Unsafe.As<T, byte>(ref location)));

    /// <summary>Creates a slot for a location inside an object, and sets the location to its default, because its variable is declared with the slot.</summary>
    /// <typeparam name="T">The exact type of the location.</typeparam>
    /// <param name="target">The object that contains <paramref name="location"/>.</param>
    /// <param name="location">The location.</param>
    /// <returns>The slot.</returns>
    public static Slot<T> NewAt<T>(object target, ref T location)
    {
        location = default!;
        return At(target, ref location);
    }

    /// <summary>Creates a slot for a static field, which a setter writes.</summary>
    /// <typeparam name="T">The type of the field.</typeparam>
    /// <param name="setter">Assigns the field and does nothing else.</param>
    /// <returns>The slot.</returns>
    public static Slot<T> Static<T>(Action<T> setter)
    {
        ArgumentNullException.ThrowIfNull(setter);
        return new(setter, SlotKind.Setter);
    }
}

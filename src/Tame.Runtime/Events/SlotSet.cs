using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

/// <summary>The pooled locations of an event with two to four slots.</summary>
internal sealed class SlotSet : Work
{
    private object? _target1, _target2, _target3, _target4;
    private nint _offset1, _offset2, _offset3, _offset4;

#if DEBUG
    internal override bool IsFree { get; set; }

#endif
    public void Put(int index, object? target, nint offset)
    {
        Target(index) = target;
        Offset(index) = offset;
    }

    public void Write<T>(int index, T value) => SlotKind.Write(Target(index), Offset(index), value);

    public bool Reaches(object target) =>
        ReferenceEquals(_target1, target) || ReferenceEquals(_target2, target) ||
        ReferenceEquals(_target3, target) || ReferenceEquals(_target4, target);

    public void Clear() => _target1 = _target2 = _target3 = _target4 = null;

    private ref object? Target(int index)
    {
        switch (index)
        {
            case 0: return ref _target1;
            case 1: return ref _target2;
            case 2: return ref _target3;
            default: return ref _target4;
        }
    }

    private ref nint Offset(int index)
    {
        switch (index)
        {
            case 0: return ref _offset1;
            case 1: return ref _offset2;
            case 2: return ref _offset3;
            default: return ref _offset4;
        }
    }
}

/// <summary>The meaning of a (target, offset) pair. An offset of zero or more is a location in an object. Negative offsets are the constants here.</summary>
internal static class SlotKind
{
    /// <summary>The target is an <see cref="Action{T}"/> that sets a static field.</summary>
    public const int Setter = -1;

    /// <summary>The target is a <see cref="SlotSet"/>.</summary>
    public const int Set = -2;

    /// <summary>The target is a <see cref="FarPlace"/>.</summary>
    public const int Far = -3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write<T>(object? target, nint offset, T value)
    {
        if (target is null)
            return;
        if (offset >= 0)
            Unsafe.As<byte, T>(ref Unsafe.AddByteOffset(ref StartOf(target), offset)) = value;
        else if (offset == Setter)
            Unsafe.As<Action<T>>(target)(value);
        else
            Unsafe.As<FarPlace>(target).Write(value);
    }

    /// <summary>The first byte of an object's contents, from which offsets are counted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref byte StartOf(object target) => ref Unsafe.As<RawObject>(target).Start;

    private sealed class RawObject
    {
        public byte Start;
    }
}

/// <summary>A location whose offset does not fit into 31 bits: in an array of more than two gigabytes.</summary>
internal sealed class FarPlace(object target, nint offset)
{
    public void Write<T>(T value) => SlotKind.Write(target, offset, value);
}

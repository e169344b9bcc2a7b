using System.Runtime.CompilerServices;

namespace Tame.Stages;

/// <summary>The memory that threads share without a lock: as it is, or explored by a test that tries every order of steps.</summary>
internal interface IStageMemory
{
    /// <summary>No later read or write of this thread moves before it.</summary>
    static abstract int Read(ref readonly int place);

    /// <inheritdoc cref="Read(ref readonly int)"/>
    static abstract long Read(ref readonly long place);

    /// <summary>No earlier read or write of this thread moves after it.</summary>
    static abstract void Write(ref long place, long value);

    /// <summary>A full fence.</summary>
    static abstract int Exchange(ref int place, int value);

    /// <inheritdoc cref="Exchange(ref int, int)"/>
    static abstract long Exchange(ref long place, long value);

    /// <summary>Changes a number unless another thread has changed it. A full fence.</summary>
    static abstract bool TryChange(ref int place, int from, int to);

    /// <inheritdoc cref="TryChange(ref int, int, int)"/>
    static abstract bool TryChange(ref long place, long from, long to);

    /// <summary>Returns the new number. A full fence.</summary>
    static abstract int Add(ref int place, int change);
}

/// <summary>The real memory.</summary>
internal readonly struct RealMemory : IStageMemory
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Read(ref readonly int place) => Volatile.Read(in place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Read(ref readonly long place) => Volatile.Read(in place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(ref long place, long value) => Volatile.Write(ref place, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Exchange(ref int place, int value) => Interlocked.Exchange(ref place, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Exchange(ref long place, long value) => Interlocked.Exchange(ref place, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryChange(ref int place, int from, int to) => Interlocked.CompareExchange(ref place, to, from) == from;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryChange(ref long place, long from, long to) => Interlocked.CompareExchange(ref place, to, from) == from;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Add(ref int place, int change) => Interlocked.Add(ref place, change);
}

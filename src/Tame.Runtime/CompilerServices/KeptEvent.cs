using System.ComponentModel;

namespace Tame.CompilerServices;

/// <summary>
/// The only handle of the only event of a <c>twait</c> block. Generated code passes it to a method of the runtime that keeps it until the event
/// completes. No other code has it, so the event cannot be lost and needs no lifeline.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct KeptEvent
{
    internal readonly Block Block;
    internal readonly long Number;

    internal KeptEvent(Block block, long number)
    {
        Block = block;
        Number = number;
    }

    /// <summary>True if the event belongs to this loop, which then can keep the handle.</summary>
    internal bool IsOf(EventLoop loop) => ReferenceEquals(Block.KeptIn, loop);

    /// <summary>A handle that other code may have: from now on, the event has a lifeline, and can be lost.</summary>
    internal Event Share() => new(Block.Share(), Number);
}

/// <inheritdoc cref="KeptEvent"/>
/// <typeparam name="T">The type of the event's value.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct KeptEvent<T>
{
    internal readonly KeptEvent Unblocker;

    internal KeptEvent(KeptEvent e) => Unblocker = e;
}

/// <inheritdoc cref="KeptEvent"/>
/// <typeparam name="T1">The type of the event's first value.</typeparam>
/// <typeparam name="T2">The type of the event's second value.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct KeptEvent<T1, T2>
{
    internal readonly KeptEvent Unblocker;

    internal KeptEvent(KeptEvent e) => Unblocker = e;
}

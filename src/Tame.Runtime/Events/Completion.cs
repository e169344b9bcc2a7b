using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

/// <summary>How handles complete their event: at once on the loop's own thread, through its inbox from any other.</summary>
internal static class Completion
{
    public static bool Complete(Lifeline lifeline, long number, Exception? error)
    {
        if (!LoopThread.Is(lifeline.Loop))
            return Send(lifeline, number, new CompletionMessage(lifeline, number, error), error);
        return CompleteHere(lifeline, number, error);
    }

    /// <summary>Completes on the loop's own thread, which the caller knows to be on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool CompleteHere(Lifeline lifeline, long number, Exception? error)
    {
        if (!lifeline.CompleteLink(number, error))
            return false;
        lifeline.Loop.DrainChain();
        return true;
    }

    public static bool Trigger<T>(Lifeline lifeline, long number, T value)
    {
        var loop = lifeline.Loop;
        if (!LoopThread.Is(loop))
            return Send(lifeline, number, new TriggerMessage<T>(lifeline, number, value));
        if (!TriggerLink(lifeline, number, value))
            return false;
        loop.DrainChain();
        return true;
    }

    /// <summary>Triggers on the loop's own thread and leaves the chain of completions to the caller.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TriggerLink<T>(Lifeline lifeline, long number, T value)
    {
        ref var cell = ref lifeline.Find(number, out var source);
        if (Unsafe.IsNullRef(ref cell))
            return false;
        cell.Write(value);
        source!.Complete(lifeline, ref cell, null);
        return true;
    }

    public static bool Trigger<T1, T2>(Lifeline lifeline, long number, T1 value1, T2 value2)
    {
        if (!LoopThread.Is(lifeline.Loop))
            return Send(lifeline, number, new TriggerMessage<T1, T2>(lifeline, number, value1, value2));
        if (!TriggerLink(lifeline, number, value1, value2))
            return false;
        lifeline.Loop.DrainChain();
        return true;
    }

    /// <inheritdoc cref="TriggerLink{T}(Lifeline, long, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TriggerLink<T1, T2>(Lifeline lifeline, long number, T1 value1, T2 value2)
    {
        ref var cell = ref lifeline.Find(number, out var source);
        if (Unsafe.IsNullRef(ref cell))
            return false;
        if (cell.Set is { } set)
        {
            set.Write(0, value1);
            set.Write(1, value2);
        }
        source!.Complete(lifeline, ref cell, null);
        return true;
    }

    public static bool Trigger<T1, T2, T3>(Lifeline lifeline, long number, T1 value1, T2 value2, T3 value3)
    {
        if (!LoopThread.Is(lifeline.Loop))
            return Send(lifeline, number, new TriggerMessage<T1, T2, T3>(lifeline, number, value1, value2, value3));
        if (!TriggerLink(lifeline, number, value1, value2, value3))
            return false;
        lifeline.Loop.DrainChain();
        return true;
    }

    /// <inheritdoc cref="TriggerLink{T}(Lifeline, long, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TriggerLink<T1, T2, T3>(Lifeline lifeline, long number, T1 value1, T2 value2, T3 value3)
    {
        ref var cell = ref lifeline.Find(number, out var source);
        if (Unsafe.IsNullRef(ref cell))
            return false;
        if (cell.Set is { } set)
        {
            set.Write(0, value1);
            set.Write(1, value2);
            set.Write(2, value3);
        }
        source!.Complete(lifeline, ref cell, null);
        return true;
    }

    public static bool Trigger<T1, T2, T3, T4>(Lifeline lifeline, long number, T1 value1, T2 value2, T3 value3, T4 value4)
    {
        if (!LoopThread.Is(lifeline.Loop))
            return Send(lifeline, number, new TriggerMessage<T1, T2, T3, T4>(lifeline, number, value1, value2, value3, value4));
        if (!TriggerLink(lifeline, number, value1, value2, value3, value4))
            return false;
        lifeline.Loop.DrainChain();
        return true;
    }

    /// <inheritdoc cref="TriggerLink{T}(Lifeline, long, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TriggerLink<T1, T2, T3, T4>(Lifeline lifeline, long number, T1 value1, T2 value2, T3 value3, T4 value4)
    {
        ref var cell = ref lifeline.Find(number, out var source);
        if (Unsafe.IsNullRef(ref cell))
            return false;
        if (cell.Set is { } set)
        {
            set.Write(0, value1);
            set.Write(1, value2);
            set.Write(2, value3);
            set.Write(3, value4);
        }
        source!.Complete(lifeline, ref cell, null);
        return true;
    }

    /// <summary>Hands a completion to the loop's inbox while the event looks pending; the loop decides who was first.</summary>
    private static bool Send(Lifeline lifeline, long number, Message message, Exception? error = null)
    {
        if (DetachedEvent.Is(lifeline))
            return DetachedEvent.Complete(lifeline, error);
        return lifeline.IsPending(number) && lifeline.Loop.Send(message);
    }
}

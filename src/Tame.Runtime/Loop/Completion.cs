using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

/// <summary>How handles complete their event: at once on the loop's own thread, through its inbox from any other.</summary>
internal static class Completion
{
    public static bool Complete(Token token, long number, Exception? error)
    {
        if (!LoopThread.Is(token.Loop))
            return Send(token, number, new ForeignCompletion(token, number, error), error);
        return CompleteHere(token, number, error);
    }

    /// <summary>Completes on the loop's own thread, which the caller knows to be on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool CompleteHere(Token token, long number, Exception? error)
    {
        if (!token.CompleteLink(number, error))
            return false;
        token.Loop.DrainChain();
        return true;
    }

    public static bool Trigger<T>(Token token, long number, T value)
    {
        var loop = token.Loop;
        if (!LoopThread.Is(loop))
            return Send(token, number, new ForeignTrigger<T>(token, number, value));
        if (!TriggerLink(token, number, value))
            return false;
        loop.DrainChain();
        return true;
    }

    /// <summary>Triggers on the loop's own thread and leaves the chain of completions to the caller.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TriggerLink<T>(Token token, long number, T value)
    {
        ref var cell = ref token.Find(number, out var source);
        if (Unsafe.IsNullRef(ref cell))
            return false;
        cell.Write(value);
        source!.Complete(token, ref cell, null);
        return true;
    }

    public static bool Trigger<T1, T2>(Token token, long number, T1 value1, T2 value2)
    {
        if (!LoopThread.Is(token.Loop))
            return Send(token, number, new ForeignTrigger<T1, T2>(token, number, value1, value2));
        if (!TriggerLink(token, number, value1, value2))
            return false;
        token.Loop.DrainChain();
        return true;
    }

    /// <inheritdoc cref="TriggerLink{T}(Token, long, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TriggerLink<T1, T2>(Token token, long number, T1 value1, T2 value2)
    {
        ref var cell = ref token.Find(number, out var source);
        if (Unsafe.IsNullRef(ref cell))
            return false;
        if (cell.Set is { } set)
        {
            set.Write(0, value1);
            set.Write(1, value2);
        }
        source!.Complete(token, ref cell, null);
        return true;
    }

    public static bool Trigger<T1, T2, T3>(Token token, long number, T1 value1, T2 value2, T3 value3)
    {
        if (!LoopThread.Is(token.Loop))
            return Send(token, number, new ForeignTrigger<T1, T2, T3>(token, number, value1, value2, value3));
        if (!TriggerLink(token, number, value1, value2, value3))
            return false;
        token.Loop.DrainChain();
        return true;
    }

    /// <inheritdoc cref="TriggerLink{T}(Token, long, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TriggerLink<T1, T2, T3>(Token token, long number, T1 value1, T2 value2, T3 value3)
    {
        ref var cell = ref token.Find(number, out var source);
        if (Unsafe.IsNullRef(ref cell))
            return false;
        if (cell.Set is { } set)
        {
            set.Write(0, value1);
            set.Write(1, value2);
            set.Write(2, value3);
        }
        source!.Complete(token, ref cell, null);
        return true;
    }

    public static bool Trigger<T1, T2, T3, T4>(Token token, long number, T1 value1, T2 value2, T3 value3, T4 value4)
    {
        if (!LoopThread.Is(token.Loop))
            return Send(token, number, new ForeignTrigger<T1, T2, T3, T4>(token, number, value1, value2, value3, value4));
        if (!TriggerLink(token, number, value1, value2, value3, value4))
            return false;
        token.Loop.DrainChain();
        return true;
    }

    /// <inheritdoc cref="TriggerLink{T}(Token, long, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TriggerLink<T1, T2, T3, T4>(Token token, long number, T1 value1, T2 value2, T3 value3, T4 value4)
    {
        ref var cell = ref token.Find(number, out var source);
        if (Unsafe.IsNullRef(ref cell))
            return false;
        if (cell.Set is { } set)
        {
            set.Write(0, value1);
            set.Write(1, value2);
            set.Write(2, value3);
            set.Write(3, value4);
        }
        source!.Complete(token, ref cell, null);
        return true;
    }

    /// <summary>Hands a completion to the loop's inbox while the event looks pending; the loop decides who was first.</summary>
    private static bool Send(Token token, long number, Linked message, Exception? error = null)
    {
        if (DetachedEvent.Is(token))
            return DetachedEvent.Complete(token, error);
        return token.IsPending(number) && token.Loop.Send(message);
    }
}

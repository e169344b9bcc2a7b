using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

/// <summary>How handles complete their event: at once on the loop's own thread, through its inbox from any other.</summary>
/// <remarks>One value is the hot path and has a cell that holds it, so its members are written here. Completion2.cs is the text for more values.</remarks>
internal static partial class Completion
{
    public static bool Complete(Lifeline lifeline, long number, Exception? error)
    {
        if (!LoopThread.HasEntered(lifeline.Loop))
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
        if (!LoopThread.HasEntered(loop))
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

    /// <summary>Hands a completion to the loop's inbox while the event looks pending; the loop decides who was first.</summary>
    private static bool Send(Lifeline lifeline, long number, Message message, Exception? error = null)
    {
        if (DetachedEvent.Is(lifeline))
            return DetachedEvent.Complete(lifeline, error);
        return lifeline.IsPending(number) && lifeline.Loop.Send(message);
    }
}

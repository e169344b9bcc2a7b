using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

/// <summary>Completes events for their handles: at once on the loop's own thread, through its inbox from any other.</summary>
/// <remarks>One value is the hot path and fits in the cell, so its members are written here. Completion2.cs is the pattern for more values.</remarks>
internal static partial class Completion
{
    public static bool Complete(Lifeline lifeline, long number, Exception? error)
    {
        if (!LoopThread.HasEntered(lifeline.Loop))
            return Send(lifeline, number, new CompletionMessage(lifeline, number, error), error);
        return CompleteHere(lifeline, number, error);
    }

    /// <summary>Completes an event. The caller must be on the loop's own thread.</summary>
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

    /// <summary>Triggers an event on the loop's own thread. The caller must drain the chain of completions.</summary>
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

    /// <summary>Sends a completion to the loop's inbox if the event looks pending. The loop decides which completion was first.</summary>
    private static bool Send(Lifeline lifeline, long number, Message message, Exception? error = null)
    {
        if (DetachedEvent.Is(lifeline))
            return DetachedEvent.Complete(lifeline, error);
        return lifeline.IsPending(number) && lifeline.Loop.Send(message);
    }
}

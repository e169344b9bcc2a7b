using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

internal static partial class Completion
{
    public static bool Trigger<T1, T2>(Lifeline lifeline, long number, T1 value1, T2 value2)
    {
        if (!LoopThread.HasEntered(lifeline.Loop))
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
}

using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>Whether a call on a possible cycle of calls may still run on the stack of this thread.</summary>
internal static class StackLimit
{
    private static readonly bool s_isAlwaysShort = Environment.GetEnvironmentVariable("TAME_TEST_DEFER_CALLS") == "1";

    [ThreadStatic]
    private static bool t_isAlwaysShort;

    /// <summary>
    /// For tests: each such call on this thread starts from the ready queue of its loop, as if the stack ran short. Set it before a run begins, which looks once.
    /// </summary>
    public static bool IsAlwaysShort
    {
        get => s_isAlwaysShort || t_isAlwaysShort;
        set => t_isAlwaysShort = value;
    }

    /// <summary>
    /// For the thread of a loop, deeper than its stack is known to reach. Where the runtime makes sure of its 128 KB, that stack is known to reach further down
    /// from then on. So the runtime is asked once for so many bytes of depth, and what is left below a call is 64 KB at least.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool HasRoomBelow(EventLoop? loop)
    {
        if (loop is { BeginsLate: true })
        {
            loop.BeginsLate = false;
            return true;
        }
        if (IsAlwaysShort)
            return loop is not { IsEnded: false };
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            return false;
        loop?.Shared.ExtendStack();
        return true;
    }
}

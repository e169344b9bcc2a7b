using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>Decides whether a call on a possible cycle of calls may still run on this thread's stack.</summary>
internal static class StackLimit
{
    private static readonly bool s_isAlwaysShort = Environment.GetEnvironmentVariable("TAME_TEST_DEFER_CALLS") == "1";

    [ThreadStatic]
    private static bool t_isAlwaysShort;

    /// <summary>
    /// For tests: if true, each such call on this thread starts from the ready queue of its loop, as if little stack were left. Set it before a run begins,
    /// because the run reads it once.
    /// </summary>
    public static bool IsAlwaysShort
    {
        get => s_isAlwaysShort || t_isAlwaysShort;
        set => t_isAlwaysShort = value;
    }

    /// <summary>
    /// For the thread of a loop, below the depth to which its stack is known. If the runtime ensures its 128 KB, the known stack extends further down from then
    /// on. So the runtime is asked once per that many bytes of depth, and at least 64 KB are left below a call.
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

using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Tame.CompilerServices;

/// <summary>A check at the entry of tamed methods that can be on the stack many times: docs/decisions/0042.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Checkpoint
{
    /// <summary>True if little of this thread's stack is left, so that the call must not run on it.</summary>
    public static bool IsReached
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => !LoopThread.HasRoom;
    }
}

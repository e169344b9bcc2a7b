using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Tame.CompilerServices;

/// <summary>
/// The execution context and the synchronization context that the caller of a tamed method has. What the body sets of them stays in the body, as with an
/// async method. Used on the thread that made the call.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CallContext
{
    private readonly Thread _thread;
    private readonly ExecutionContext? _mark;
    private readonly SynchronizationContext? _synchronization;

    private CallContext(Thread thread)
    {
        _thread = thread;
        _mark = ThreadContext.Mark(thread);
        _synchronization = ThreadContext.Synchronization(thread);
    }

    /// <summary>Notes the context of now, before a body runs.</summary>
    /// <returns>What puts it back.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CallContext Enter() => Of(LoopThread.Current);

    /// <summary>Puts the context back; again, it does nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Leave()
    {
        if (!ReferenceEquals(ThreadContext.Mark(_thread), _mark))
            ThreadContext.Restore(_mark);
        if (!ReferenceEquals(ThreadContext.Synchronization(_thread), _synchronization))
            SynchronizationContext.SetSynchronizationContext(_synchronization);
    }

    /// <summary>As <see cref="Leave()"/>, where an exception escapes the body.</summary>
    /// <param name="error">The exception.</param>
    /// <returns>What the event parameters fail with.</returns>
    public Exception Leave(Exception error)
    {
        Leave();
        return FailureGroup.Leaving(error);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static CallContext Of(EventLoop? loop) => new(loop is not null ? loop.Thread : Thread.CurrentThread);
}

using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Tame.CompilerServices;

/// <summary>
/// The execution context and the synchronization context of the caller of a tamed method. Changes that the body makes to them stay in the body, as in an async
/// method. Use it on the thread that made the call.
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

    /// <summary>Captures the current context, before a body runs.</summary>
    /// <returns>The context, to restore later.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CallContext Enter() => new(LoopThread.Thread);

    /// <summary>Restores the context. A second call does nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Leave()
    {
        if (!ReferenceEquals(ThreadContext.Mark(_thread), _mark))
            ThreadContext.Restore(_mark);
        if (!ReferenceEquals(ThreadContext.Synchronization(_thread), _synchronization))
            SynchronizationContext.SetSynchronizationContext(_synchronization);
    }

    /// <summary>Does the same as <see cref="Leave()"/> when an exception escapes the body.</summary>
    /// <param name="error">The exception.</param>
    /// <returns>The exception for the event parameters.</returns>
    public Exception Leave(Exception error)
    {
        Leave();
        return FailureGroup.Leaving(error);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static CallContext Of(EventLoop? loop) => new(loop is not null ? loop.Thread : Thread.CurrentThread);
}

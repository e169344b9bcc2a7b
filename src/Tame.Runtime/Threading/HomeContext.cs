using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>The execution context of a loop's run. Every call and action begins with it, unless it has its own. Use it on the loop's thread.</summary>
internal struct HomeContext(Thread? thread, SynchronizationContext synchronization)
{
    /// <summary>The thread that runs the loop.</summary>
    private Thread _thread = thread!;

    /// <summary>The <see cref="ThreadContext.Mark"/> of the thread while the context is <see cref="Execution"/>.</summary>
    private ExecutionContext? _mark;

    public ExecutionContext? Execution { get; private set; }

    /// <summary>Makes the current context of this thread the home context.</summary>
    public void Set(Thread thread)
    {
        if (!ReferenceEquals(_thread, thread))      // writing a reference is expensive, and most turns of a guest change none
            _thread = thread;
        var execution = ExecutionContext.Capture();
        if (!ReferenceEquals(Execution, execution))
            Execution = execution;
        var mark = ThreadContext.Mark(thread);
        if (!ReferenceEquals(_mark, mark))
            _mark = mark;
    }

    /// <summary>Restores the home context, so that changes by a call or action, including its synchronization context, do not reach the next one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Return()
    {
        if (!ReferenceEquals(ThreadContext.Mark(_thread), _mark) || !ReferenceEquals(ThreadContext.Synchronization(_thread), synchronization))
            Restore();
    }

    /// <summary>The context to resume in, or null if it is the home context.</summary>
    public readonly ExecutionContext? Capture()
    {
        if (ReferenceEquals(ThreadContext.Mark(_thread), _mark))
            return null;
        var context = ExecutionContext.Capture();
        return ReferenceEquals(context, Execution) ? null : context;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Restore()
    {
        SynchronizationContext.SetSynchronizationContext(synchronization);
        ThreadContext.Restore(_mark);
        _mark = ThreadContext.Mark(_thread);
    }
}

namespace Tame;

/// <summary>
/// User code for the loop's thread, with the execution context of its sender. From another thread, it is queued on arrival, after the work that is ready then.
/// </summary>
internal abstract class PostedWork(bool flows = true) : Message
{
    private readonly ExecutionContext? _context = flows ? ExecutionContext.Capture() : null;

    internal override void Arrive(EventLoop loop) => loop.AddReady(this);

    internal sealed override void Run(EventLoop loop)
    {
        if (_context is { } context && !ReferenceEquals(context, loop.Home.Execution))
            ExecutionContext.Restore(context);
        try
        {
            Invoke(loop);
        }
        catch (Exception error)
        {
            loop.OnUnhandled(error);
        }
        loop.Home.Return();
    }

    /// <summary>Runs the code after the end of its loop, for code that must run in any case. An unhandled exception is logged.</summary>
    internal void RunOutside(EventLoop loop)
    {
        var caller = ExecutionContext.Capture();
        if (_context is not null)
            ExecutionContext.Restore(_context);
        try
        {
            Invoke(loop);
        }
        catch (Exception error)
        {
            loop.OnUnhandled(error);
        }
        loop.LogFatal();
        if (caller is not null)
            ExecutionContext.Restore(caller);
    }

    /// <summary>Runs the code. An exception that it throws is unhandled.</summary>
    protected abstract void Invoke(EventLoop loop);
}

/// <summary>An action for the loop's thread.</summary>
internal sealed class PostedAction(Action action) : PostedWork
{
    internal override void Drop(EventLoop loop) => TameEventSource.Log.Dropped(action);

    protected override void Invoke(EventLoop loop) => action();
}

/// <summary>
/// A callback posted to a synchronization context, which is how an <c>await</c> resumes. It runs even if the loop has ended: otherwise the rest of an
/// <c>async</c> method would never run its <c>finally</c>, and its task would never end.
/// </summary>
internal sealed class PostedCallback(SendOrPostCallback callback, object? state) : PostedWork
{
    internal override void Drop(EventLoop loop) => RunOutside(loop);

    protected override void Invoke(EventLoop loop) => callback(state);
}

/// <summary>A callback for the completion of an event. It runs even if the loop has ended, because it undoes a registration.</summary>
internal sealed class PostedCompletion(Action<object?> action, object? state) : PostedWork
{
    internal override void Drop(EventLoop loop) => RunOutside(loop);

    protected override void Invoke(EventLoop loop) => action(state);
}

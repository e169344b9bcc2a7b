using Tame.CompilerServices;

namespace Tame;

/// <summary>
/// The one event of a <c>+</c>, Bind or Map: what completes it is passed on to the events behind it, from the loop's chain, so that a
/// million links need no stack. When nothing behind it is pending any more, it is complete too.
/// </summary>
internal abstract class Adapter(EventLoop loop) : Source
{
    private Exception? _error;
    private int _targets;

    public Event Make(object? target = null, nint offset = 0)
    {
        var token = OpenFirst(loop, target, offset);
        return new Event(token, First.Number);
    }

    internal sealed override void Complete(Token token, ref Cell cell, Exception? error)
    {
        token.Release();
        _error = error;
        var hooks = cell.Close(loop);
        loop.Chain(this);
        if (hooks is not null)
            loop.Call(hooks);
    }

    internal sealed override void Lose(long last) => Empty();

    internal sealed override void Run(EventLoop loop)
    {
        Pass(_error);
        Drop();
    }

    /// <summary>Completes what is behind, each as a link of the chain.</summary>
    protected abstract void Pass(Exception? error);

    /// <summary>Forgets what is behind.</summary>
    protected abstract void Drop();

    /// <summary>Has this event complete when the targets have.</summary>
    protected void Follow(Event target)
    {
        _targets++;
        Event.OnCompleted(target, new TargetHook(this));
    }

    private void TargetCompleted()
    {
        if (--_targets == 0)
            Empty();
    }

    private void Empty()
    {
        if (!First.IsPending)
            return;
        if (First.Close(loop) is { } hooks)
            loop.Call(hooks);
        Drop();
    }

    private sealed class TargetHook(Adapter adapter) : Hook
    {
        internal override void Completed(EventLoop loop) => adapter.TargetCompleted();
    }
}

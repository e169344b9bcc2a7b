namespace Tame.IO;

/// <summary>The outcome of an operation without a result, delivered through the ready queue.</summary>
internal sealed class MemoryAnswer(Event e, Exception? error) : Message
{
    internal override void Run(EventLoop loop)
    {
        if (error is null)
            e.Trigger();
        else
            e.Fail(error);
    }

    /// <summary>The loop has ended, and has completed all waiting events.</summary>
    internal override void Drop(EventLoop loop)
    {
    }
}

/// <summary>The result of an operation, delivered through the ready queue. If nothing takes it, it is disposed of.</summary>
internal sealed class MemoryAnswer<T>(Event<T> e, T result) : Message
{
    internal override void Run(EventLoop loop)
    {
        if (!e.Trigger(result))
            Drop(loop);
    }

    internal override void Drop(EventLoop loop) => (result as IDisposable)?.Dispose();
}

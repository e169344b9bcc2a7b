using System.Runtime.CompilerServices;

namespace Tame.IO;

/// <summary>A gate at which an asynchronous method of the loop waits until it is opened. Allocates nothing.</summary>
internal sealed class Gate : ICriticalNotifyCompletion
{
    private Action? _continuation;

    public bool IsCompleted => false;

    public Gate GetAwaiter() => this;

    public void GetResult()
    {
    }

    public void OnCompleted(Action continuation) => _continuation = continuation;

    public void UnsafeOnCompleted(Action continuation) => _continuation = continuation;

    /// <summary>Resumes the method that waits here, if any.</summary>
    public void Open()
    {
        if (_continuation is not { } continuation)
            return;
        _continuation = null;
        using (new NoContext())
            continuation();
    }
}

/// <summary>Returns an asynchronous method to a loop's thread, if it is not there already. If the loop has ended, the method does not resume.</summary>
internal readonly struct HomeAwaiter(EventLoop loop) : ICriticalNotifyCompletion
{
    public bool IsCompleted => LoopThread.HasEntered(loop);

    public HomeAwaiter GetAwaiter() => this;

    public void GetResult()
    {
    }

    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    public void UnsafeOnCompleted(Action continuation) => loop.TryPost(new Return(continuation));

    private sealed class Return(Action continuation) : Message
    {
        internal override void Run(EventLoop loop)
        {
            using (new NoContext())
                continuation();
        }

        internal override void Drop(EventLoop loop)
        {
        }

        internal override void Arrive(EventLoop loop) => loop.AddReady(this);
    }
}

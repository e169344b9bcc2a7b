using System.Runtime.ExceptionServices;

namespace Tame;

/// <summary>A callback that another thread sent to a synchronization context, and waits for.</summary>
internal sealed class SentCallback(SendOrPostCallback callback, object? state) : PostedWork
{
    /// <summary>Milliseconds between two checks that the loop's thread still exists.</summary>
    private const int LookAtThread = 500;
    private readonly object _gate = new();
    private bool _isDone;
    private ExceptionDispatchInfo? _error;

    /// <summary>Blocks this thread until the callback has run on the loop's thread, and throws the exception that it threw.</summary>
    public void Wait(EventLoop loop)
    {
        while (!WaitShortly())
            loop.EndIfThreadHasEnded();
        _error?.Throw();
    }

    internal override void Drop(EventLoop loop) => Finish(new ObjectDisposedException(typeof(EventLoop).FullName));

    protected override void Invoke(EventLoop loop)
    {
        Exception? error = null;
        try
        {
            callback(state);
        }
        catch (Exception thrown)
        {
            error = thrown;
        }
        Finish(error);
    }

    private bool WaitShortly()
    {
        lock (_gate)
            return _isDone || (Monitor.Wait(_gate, LookAtThread) && _isDone);
    }

    private void Finish(Exception? error)
    {
        lock (_gate)
        {
            if (error is not null)
                _error = ExceptionDispatchInfo.Capture(error);
            _isDone = true;
            Monitor.PulseAll(_gate);
        }
    }
}

using System.Diagnostics;

namespace Tame;

/// <summary>Waits in the ready queue like a call, and measures for how long. Use it on the loop's thread.</summary>
internal sealed class DelayProbe : Message
{
    private long _queued;

    /// <summary>True if it is in the queue now.</summary>
    public bool IsQueued { get; private set; }

    /// <summary>Adds the probe at the end of the ready queue.</summary>
    public void Queue(EventLoop loop)
    {
        IsQueued = true;
        _queued = Stopwatch.GetTimestamp();
        loop.AddReady(this);
    }

    internal override void Run(EventLoop loop)
    {
        IsQueued = false;
        LoopMetrics.RecordDelay(loop, _queued);
    }

    internal override void Drop(EventLoop loop)
    {
    }
}

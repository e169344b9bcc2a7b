using System.Diagnostics;

namespace Tame;

/// <summary>Waits in the ready queue as a call does, and measures for how long. On the loop's thread.</summary>
internal sealed class DelayProbe : Message
{
    private long _queued;

    /// <summary>It is in the queue now.</summary>
    public bool IsQueued { get; private set; }

    /// <summary>Puts the probe behind what is ready.</summary>
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

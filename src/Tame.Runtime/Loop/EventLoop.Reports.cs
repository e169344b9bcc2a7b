namespace Tame;

/// <summary>Failures that reach <see cref="Event.Detached"/>: they are reported from the ready queue, since no user code runs inside Fail.</summary>
public sealed partial class EventLoop
{
    /// <summary>How many reports the ready queue holds.</summary>
    private int _reports;

    /// <summary>Queues a failure for <see cref="UnhandledException"/>. Any thread may call it.</summary>
    internal void Report(Exception failure)
    {
        var report = new FailureMessage(failure);
        if (!LoopThread.Is(this))
        {
            if (!Send(report))
                Log(failure);
        }
        else if (!IsOwnCancellation(failure))
        {
            AddReport(report);
        }
    }

    /// <summary>The loop cancels the waits of its calls when it ends. That is no failure of theirs.</summary>
    private bool IsOwnCancellation(Exception failure) => _isEnding && failure is OperationCanceledException;

    private void AddReport(FailureMessage report)
    {
        _reports++;
        _ready.Add(report);
    }

    /// <summary>Makes the reports that are still queued when a run ends, so that it throws them. Everything else keeps its place.</summary>
    private void MakeReports()
    {
        for (int left = _reports == 0 ? 0 : _ready.Count; left > 0; left--)
        {
            var work = _ready.Take();
            if (work is FailureMessage report)
                report.Run(this);
            else
                _ready.Add(work);
        }
    }

    /// <summary>A failure on its way to <see cref="UnhandledException"/>.</summary>
    private sealed class FailureMessage(Exception failure) : Message
    {
        internal override void Arrive(EventLoop loop) => loop.AddReport(this);

        internal override void Run(EventLoop loop)
        {
            loop._reports--;
            Drop(loop);
            loop.GoHome();
        }

        internal override void Drop(EventLoop loop) => loop.OnUnhandled(FailureGroup.Arrived(failure));
    }
}

namespace Tame;

// What no event could take.
public sealed partial class EventLoop
{
    internal UnhandledFailures Failures;

    /// <summary>What the end of the loop cancels; null before.</summary>
    internal OwnCancellations? OwnCancellations => _end?.Cancellations;

    /// <summary>Reports what no event could take. Without a handler that takes it, the run ends with it.</summary>
    internal void OnUnhandled(Exception error)
    {
        if (IsOwnCancellation(error))
        {
            foreach (var other in FailureGroup.OthersOf(error).Where(other => !IsOwnCancellation(other)))
                OnUnhandled(other);
            return;
        }
        CallTrace.Publish(error);
        var arguments = new TameUnhandledEventArgs(error);
        Exception? thrown = null;
        try
        {
            UnhandledException?.Invoke(this, arguments);
        }
        catch (Exception second)
        {
            thrown = second;
        }
        if (!arguments.Handled)
            AddFatal(error);
        if (thrown is not null)
            AddFatal(thrown);
    }

    /// <summary>
    /// Reports what left a call none of whose events is pending. Where that is a cancelled token, the call has ended as it was told to, and its caller no longer
    /// waits: no failure, as a cancelled task is none that nobody awaits. See decision 0053.
    /// </summary>
    internal void OnEscaped(Exception error)
    {
        if (!IsOfCancelledToken(error))
        {
            OnUnhandled(error);
            return;
        }
        TameEventSource.Log.Cancelled(error);
        foreach (var other in FailureGroup.OthersOf(error).Where(static other => !IsOfCancelledToken(other)))
            OnUnhandled(other);
    }

    /// <summary>Queues a failure for <see cref="UnhandledException"/>. Any thread may call it.</summary>
    internal void Report(Exception failure)
    {
        var report = new UnhandledFailures.Report(failure);
        if (!LoopThread.HasEntered(this))
        {
            if (!Send(report))
                UnhandledFailures.Log(failure);
        }
        else if (!IsOwnCancellation(failure))
        {
            report.Arrive(this);
        }
    }

    /// <summary>Logs the failures that no run is left to throw.</summary>
    internal void LogFatal() => Failures.LogFatal();

    private static bool IsOfCancelledToken(Exception failure) => failure is OperationCanceledException { CancellationToken.IsCancellationRequested: true };

    /// <summary>The loop cancels the waits of its calls when it ends. That is no failure of theirs.</summary>
    private bool IsOwnCancellation(Exception failure) => OwnCancellations is { } own && own.Contains(failure);

    /// <summary>While the loop ends, no failure keeps other calls from cleaning up.</summary>
    private void AddFatal(Exception error)
    {
        if (_end is not null)
            UnhandledFailures.Log(error);
        else
            Failures.AddFatal(error);
    }

    /// <summary>Makes the reports that are still queued when a run ends, so that it throws them. Everything else keeps its place.</summary>
    private void MakeReports()
    {
        for (int left = Failures.Queued == 0 ? 0 : Ready.Count; left > 0; left--)
        {
            var work = Ready.Take();
            if (work is UnhandledFailures.Report report)
                report.Run(this);
            else
                Ready.Add(work);
        }
    }
}

namespace Tame;

// Failures that no event could take.
public sealed partial class EventLoop
{
    internal UnhandledFailures Failures;

    /// <summary>The cancellations that the end of the loop causes; null before the end begins.</summary>
    internal OwnCancellations? OwnCancellations => _end?.Cancellations;

    /// <summary>Reports a failure that no event could take. If no handler takes it, the run ends with it.</summary>
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
    /// Reports an exception of a call that has no pending event. An exception of a cancelled token is not a failure: the call ended as requested, and its
    /// caller no longer waits. A cancelled task that no code awaits is not a failure either. See decision 0053.
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

    /// <summary>The loop cancels the waits of its calls when it ends. Such a cancellation is not a failure.</summary>
    private bool IsOwnCancellation(Exception failure) => OwnCancellations is { } own && own.Contains(failure);

    /// <summary>Adds a failure that ends the run. While the loop ends, failures are only logged, so that other calls can clean up.</summary>
    private void AddFatal(Exception error)
    {
        if (_end is not null)
            UnhandledFailures.Log(error);
        else
            Failures.AddFatal(error);
    }

    /// <summary>Runs the reports that are still queued when a run ends, so that the run throws them. Everything else keeps its place.</summary>
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

using System.Diagnostics;

namespace Tame;

/// <summary>
/// The failures of one loop that no event could take. Those of <see cref="Event.Detached"/> are reported from the ready queue, because no user code runs inside
/// Fail. Use it on the loop's thread.
/// </summary>
internal struct UnhandledFailures
{
    /// <summary>The failures that no handler took, in order of arrival. They end the run. Null if there are none.</summary>
    private List<Exception>? _fatal;

    /// <summary>True if a failure ends the run.</summary>
    public readonly bool IsFatal => _fatal is not null;

    /// <summary>The number of reports in the ready queue.</summary>
    public int Queued { get; private set; }

    public static void Log(Exception error) => TameEventSource.Log.UnhandledAtExit(FailureGroup.Arrived(error).ToString());

    /// <summary>Adds a failure that ends the run.</summary>
    public void AddFatal(Exception error) => (_fatal ??= []).Add(FailureGroup.Leaving(error));

    /// <summary>Takes the failure that ends a guest: the first one that nothing handled, with the others.</summary>
    public Exception Take()
    {
        var failure = FailureGroup.Join(_fatal!);
        _fatal = null;
        return failure;
    }

    /// <summary>Throws the failure that ends the run: that of main's event, or else the first one that nothing handled. The others come with it.</summary>
    [StackTraceHidden]
    public void Throw(MainEvent? end)
    {
        if (_fatal is null && end?.Error is null)
            return;
        var failures = _fatal ?? [];
        _fatal = null;
        if (end?.Error is { } error)
            failures.Insert(0, error);
        FailureGroup.Throw(FailureGroup.Join(failures));
    }

    /// <summary>Logs the failures since the last run, because nothing can throw them.</summary>
    public void LogFatal()
    {
        foreach (var error in _fatal ?? [])
            Log(error);
        _fatal = null;
    }

    /// <summary>Carries a failure to <see cref="EventLoop.UnhandledException"/>.</summary>
    public sealed class Report(Exception failure) : Message
    {
        internal override void Arrive(EventLoop loop)
        {
            loop.Failures.Queued++;
            loop.AddReady(this);
        }

        internal override void Run(EventLoop loop)
        {
            loop.Failures.Queued--;
            Drop(loop);
            loop.Home.Return();
        }

        internal override void Drop(EventLoop loop) => loop.OnUnhandled(FailureGroup.Arrived(failure));
    }
}

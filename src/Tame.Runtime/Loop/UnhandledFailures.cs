using System.Diagnostics;

namespace Tame;

/// <summary>
/// The failures of one loop that no event could take. Those of <see cref="Event.Detached"/> are reported from the ready queue, since no user code runs inside Fail.
/// On the loop's thread.
/// </summary>
internal struct UnhandledFailures
{
    /// <summary>What no handler took, in the order in which it came. Null while there is nothing: it ends the run.</summary>
    private List<Exception>? _fatal;

    /// <summary>Something ends the run.</summary>
    public readonly bool IsFatal => _fatal is not null;

    /// <summary>How many reports the ready queue holds.</summary>
    public int Queued { get; private set; }

    public static void Log(Exception error) => TameEventSource.Log.UnhandledAtExit(FailureGroup.Arrived(error).ToString());

    /// <summary>The run ends with this.</summary>
    public void AddFatal(Exception error) => (_fatal ??= []).Add(FailureGroup.Leaving(error));

    /// <summary>Takes what ends a guest: what came first and nothing handled, the others beside it.</summary>
    public Exception Take()
    {
        var failure = FailureGroup.Join(_fatal!);
        _fatal = null;
        return failure;
    }

    /// <summary>Throws what the run ends with: the failure of main's event, else what came first and nothing handled. The others are beside it.</summary>
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

    /// <summary>Logs what has come since the last run, for nothing can throw it.</summary>
    public void LogFatal()
    {
        foreach (var error in _fatal ?? [])
            Log(error);
        _fatal = null;
    }

    /// <summary>A failure on its way to <see cref="EventLoop.UnhandledException"/>.</summary>
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

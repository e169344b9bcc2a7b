using System.Diagnostics.CodeAnalysis;

namespace Tame;

/// <summary>
/// Work that <c>Event.Start</c> began. It cancels the work's token if the event completes before the work ends, and disposes of the token's source when both
/// are complete.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Disposed of when both the work and the event are over.")]
internal sealed class StartedWork : AdapterHook
{
    private const int WorkOver = 1, EventOver = 2;
    private readonly CancellationTokenSource _source = new();
    private int _over;

    /// <summary>Calls the work. Returns null if the work threw an exception, which has failed the event.</summary>
    /// <exception cref="Exception">The work threw it when the event was already complete.</exception>
    public TTask? Call<TTask>(Func<CancellationToken, TTask> work, Event e)
        where TTask : Task
    {
        try
        {
            return work(_source.Token) ?? throw new InvalidOperationException("The work passed to Start returned null instead of a task.");
        }
        catch (Exception error)
        {
            _source.Dispose();
            if (!e.Fail(FailureGroup.Leaving(error)))
                throw;
            return null;
        }
    }

    /// <summary>The work has ended, so its token needs no cancellation. Called on any thread, before the event completes.</summary>
    public void EndWork() => End(WorkOver);

    protected override void EventCompleted(EventLoop loop)
    {
        if ((Volatile.Read(ref _over) & WorkOver) != 0)
            End(EventOver);
        else
            loop.AddReady(new PostedCancellation(_source, () => End(EventOver)));
    }

    private void End(int part)
    {
        if ((Interlocked.Or(ref _over, part) | part) == (WorkOver | EventOver))
            _source.Dispose();
    }
}

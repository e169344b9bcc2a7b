using System.Diagnostics.CodeAnalysis;

namespace Tame;

/// <summary>Cancels the token that <c>Event.Token</c> returns when the event completes.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Code that has the token may use it at any time. Without a timer or wait handle there is nothing to dispose of.")]
internal sealed class EventCancellation : AdapterHook
{
    private readonly CancellationTokenSource _source = new();

    public static CancellationToken TokenOf(Event e)
    {
        if (!e.IsPending)
            return new CancellationToken(canceled: true);
        if (DetachedEvent.Is(e.Lifeline!))
            return CancellationToken.None;
        if (Event.FindHook<EventCancellation>(e) is { } made)
            return made._source.Token;
        var cancellation = new EventCancellation();
        return Attach(e, cancellation) ? cancellation._source.Token : new CancellationToken(canceled: true);
    }

    protected override void EventCompleted(EventLoop loop)
    {
        loop.OwnCancellations?.Note(_source.Token);
        loop.AddReady(new PostedCancellation(_source, null));
    }
}

/// <summary>Cancels a token from the ready queue, because cancelling runs user code. It does so even if the loop has ended.</summary>
internal sealed class PostedCancellation(CancellationTokenSource source, Action? then) : PostedWork(flows: false)
{
    internal override void Drop(EventLoop loop) => RunOutside(loop);

    protected override void Invoke(EventLoop loop)
    {
        try
        {
            source.Cancel();
        }
        catch (AggregateException thrown)
        {
            FailureGroup.Throw(FailureGroup.Join(thrown.InnerExceptions.Select(FailureGroup.Leaving)));
        }
        finally
        {
            then?.Invoke();
        }
    }
}

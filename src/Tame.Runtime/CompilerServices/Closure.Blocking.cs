namespace Tame.CompilerServices;

/// <summary>Blocking and waking: the loop holds every blocked call, so that whatever a call holds stays alive while it waits.</summary>
public abstract partial class Closure
{
    private Closure? _previous;
    private int _line;

    /// <summary>The time of the wait in the loop's coarse milliseconds.</summary>
    internal long Since { get; private set; }

    /// <summary>The line of the wait that blocked.</summary>
    internal int Line => _line;

    /// <summary>A probe for lost events has seen this call blocked.</summary>
    internal bool IsProbed { get; set; }

    internal Closure? NextBlocked => (Closure?)Next;

    /// <summary>Enters the list of blocked calls in front of <paramref name="first"/>.</summary>
    internal void LinkBefore(Closure? first, long now)
    {
        Since = now;
        Next = first;
        if (first is not null)
            first._previous = this;
    }

    /// <summary>Leaves the list of blocked calls, whose head is <paramref name="first"/>.</summary>
    internal void Unlink(ref Closure? first)
    {
        var next = System.Runtime.CompilerServices.Unsafe.As<Closure?>(Next);
        if (next is not null)
            next._previous = _previous;
        if (_previous is null)
            first = next;
        else
            _previous.Next = next;
        _previous = null;
        Next = null;
    }

    /// <summary>The wait is over: the call goes to the end of the ready queue.</summary>
    internal void Wake() => Loop!.Wake(this);

    /// <summary>The loop ends: the wait fails with an OperationCanceledException.</summary>
    internal void CancelWait()
    {
        if (_joining is { } rendezvous)
            rendezvous.Cancel();
        else
            _innermost!.Fail(Errors.LoopEnded());
    }

    /// <summary>The loop ends: the events of the call are cancelled, and its body does not resume.</summary>
    internal void LetGo()
    {
        Unwind(0);
        _joining?.Forget();
    }

    private void Suspend(int state, int line)
    {
        var loop = Loop!;
        State = state;
        _line = line;
        IsSuspended = true;
        _context = loop.CaptureContext();
        loop.AddBlocked(this);
    }

    private EventLoop RequireLoop() => Loop ?? throw Errors.NoLoop();
}

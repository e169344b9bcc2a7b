namespace Tame.Testing;

/// <summary>Fails an event that is still pending at a time, after everything that is due by then has run.</summary>
internal sealed class LimitMark : TimeMark
{
    private readonly TimeSpan _time;
    private readonly Place _place;
    private readonly long _number;

    /// <summary>Weak, so that the event can still be lost. It tracks resurrection, to find an event that the loop suspects to be lost.</summary>
    private readonly WeakReference<Lifeline> _lifeline;

    private LimitMark(Event e, TimeSpan time, Place place) => (_lifeline, _number, _time, _place) = (new(e.Lifeline!, trackResurrection: true), e.Number, time, place);

    public override bool LooksForLosses => true;

    public static void Add(EventLoop loop, Event e, TimeSpan time, Place place)
    {
        var mark = new LimitMark(e, time, place);
        loop.TryAddMark(mark, time);
        AdapterHook.Attach(e, new Hook(mark));
    }

    public override void Reached(EventLoop loop)
    {
        if (!_lifeline.TryGetTarget(out var lifeline))
            return;
        var e = new Event(lifeline, _number);
        if (e.IsPending)
            e.Fail(Failure(loop));
    }

    private LoopAssertException Failure(EventLoop loop) => Words.Failure(
        loop,
        _place,
        $"EndsWithin at {_place} failed: the operation has not ended within {Words.Of(_time)} of virtual time. It is {Words.Now(loop)} now.",
        "Find out why it takes longer, or give it more time.");

    /// <summary>Removes the mark when the event completes in time.</summary>
    private sealed class Hook(LimitMark mark) : AdapterHook
    {
        protected override void EventCompleted(EventLoop loop) => loop.RemoveMark(mark);
    }
}

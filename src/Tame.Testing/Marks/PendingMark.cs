namespace Tame.Testing;

/// <summary>Reports an event that completes before a time, or exactly at it.</summary>
internal sealed class PendingMark(TimeSpan time, Place place) : TimeMark
{
    private bool _isReached;

    public static void Add(EventLoop loop, Event e, TimeSpan time, Place place)
    {
        var mark = new PendingMark(time, place);
        loop.TryAddMark(mark, time);
        AdapterHook.Attach(e, new Hook(mark, loop.TimeProvider.GetTimestamp()));
    }

    /// <summary>The failure of an assertion about an operation or a task that ended too early.</summary>
    public static LoopAssertException Failure(EventLoop loop, TimeSpan after, TimeSpan time, Place place) => Words.Failure(
        loop,
        place,
        $"StillBlockedAfter at {place} failed: the operation ended after {Words.Of(after)} of virtual time, but should still be blocked after {Words.Of(time)}.",
        "Find out why it ends so early, or shorten the time.");

    public override void Reached(EventLoop loop) => _isReached = true;

    private void Complete(EventLoop loop, TimeSpan after)
    {
        if (_isReached || loop.IsEnding)
            return;
        loop.RemoveMark(this);
        loop.AddReady(new PostedAction(() => throw Failure(loop, after, time, place)));     // the message must not be composed inside Trigger
    }

    private sealed class Hook(PendingMark mark, long start) : AdapterHook
    {
        protected override void EventCompleted(EventLoop loop) => mark.Complete(loop, loop.TimeProvider.GetElapsedTime(start));

        protected override void LoopEnded(EventLoop loop)
        {
        }
    }
}

namespace Tame.Stages;

/// <summary>
/// Hands items to a sink, one at a time. If the sink is full, the outlet holds the item until the sink takes it. Until then its source offers no other item. For the loop's thread.
/// </summary>
/// <param name="settled">Called when the sink takes a held item, or will never take it: then it is still held.</param>
internal sealed partial class Outlet<T>(Action settled)
{
    private static readonly TimeSpan s_leastPause = TimeSpan.FromMilliseconds(1);
    private T _held = default!;
    private Event _wait;

    /// <summary>The sink's outcome for the held item, as soon as it is known.</summary>
    private EnqueueOutcome _outcome;
    private bool _isCancelled;

    /// <summary>The sink.</summary>
    public required Stage<T> Sink { get; set; }

    /// <summary>Whether an item is held.</summary>
    public bool IsHolding { get; private set; }

    /// <summary>Whether the sink is stopping or has thrown, and so takes no more items.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Offers an item. False if it is held.</summary>
    public bool Offer(T item)
    {
        _outcome = EnqueueOutcome.Stopping;
        try
        {
            _outcome = Sink.TryEnqueue(item);
        }
        catch (Exception error)         // a function of the sink's options has thrown
        {
            Unhandled.Report(error);
        }
        if (_outcome == EnqueueOutcome.Accepted)
            return true;
        (_held, IsHolding) = (item, true);
        WaitForRoom();
        return false;
    }

    /// <summary>Takes back the held item. Nothing is offered afterward.</summary>
    public bool TryTakeBack(out T item)
    {
        IsOver = _isCancelled = true;
        _wait.Trigger();
        bool isHeld = IsHolding && _outcome != EnqueueOutcome.Accepted;
        item = _held;
        (_held, IsHolding) = (default!, false);
        return isHeld;
    }

    [Tamed]
    private partial void WaitForRoom();

    private void WaitForRoomBody()
    {
        try
        {
            while (!_isCancelled && _outcome is (EnqueueOutcome.Full or EnqueueOutcome.Overloaded))
            {
                if (_outcome == EnqueueOutcome.Overloaded)
                    twait(e => Pause(e));
                if (_isCancelled)
                    break;
                _outcome = EnqueueOutcome.Full;
                using (twait())
                    Enqueue(mkevent(out _outcome));
            }
        }
        catch (Exception error)
        {
            _outcome = EnqueueOutcome.Stopping;
            if (error is not OperationCanceledException)
                Unhandled.Report(error);
        }
        if (_isCancelled)
            return;
        _wait = default;
        IsOver = _outcome != EnqueueOutcome.Accepted;
        if (!IsOver)
            (_held, IsHolding) = (default!, false);
        settled();
    }

    private void Enqueue(Event<EnqueueOutcome> entered)
    {
        _wait = entered.Unblocker;
        Sink.Enqueue(_held, entered);
    }

    private void Pause(Event over)
    {
        _wait = over;
        var pause = Sink.RetryAfter();
        timer(pause > s_leastPause ? pause : s_leastPause, over);
    }
}

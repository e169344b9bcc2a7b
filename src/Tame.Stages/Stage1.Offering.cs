namespace Tame.Stages;

/// <summary>Takes items in.</summary>
public sealed partial class Stage<T>
{
    private long _full, _overloaded, _stopped;

    /// <summary>Handlers may run on the caller's stack.</summary>
    private readonly bool _runsHere;

    private EnqueueOutcome OfferNow(ref Entry<T> entry)
    {
        MarkTime(ref entry);
        if (_isPlain)
        {
            if (_runsHere && BeginHere() is { } runner)
            {
                runner.RunHere(ref entry);
                return EnqueueOutcome.Accepted;
            }
        }
        else if (Examine(ref entry) is var refusal and not EnqueueOutcome.Accepted)
        {
            return refusal;
        }
        else if (_runsHere && BeginHere(entry.Line) is { } runner)
        {
            runner.RunHere(ref entry);
            return EnqueueOutcome.Accepted;
        }
        var outcome = Push(ref entry);
        if (outcome != EnqueueOutcome.Accepted)
        {
            Count(outcome);
            DropLine(entry);
        }
        return outcome;
    }

    private void OfferOrWait(Entry<T> entry, Event<EnqueueOutcome> outcome)
    {
        if (!_isPlain && Examine(ref entry) is var refusal and not (EnqueueOutcome.Accepted or EnqueueOutcome.Full))
        {
            outcome.Trigger(refusal);
        }
        else if (_runsHere && BeginHere(entry.Line) is { } runner)
        {
            outcome.Trigger(EnqueueOutcome.Accepted);
            runner.RunHere(ref entry);
        }
        else if (PushOrWait(ref entry, outcome) is { } answer)
        {
            if (answer != EnqueueOutcome.Accepted)
            {
                Count(answer);
                DropLine(entry);
            }
            outcome.Trigger(answer);
        }
    }

    /// <summary>Gets the class and the key of an item, and a token.</summary>
    internal EnqueueOutcome Examine(ref Entry<T> entry)
    {
        if (_classOf is { } classOf)
            entry.Class = classOf(entry.Item);
        if (_admission is { } admission && Admit(admission, entry) is var refusal and not EnqueueOutcome.Accepted)
        {
            Count(refusal);
            return refusal;
        }
        if (_order is { } order)
            entry.Line = order.Find(entry.Item, _gate);
        return EnqueueOutcome.Accepted;
    }

    /// <summary>Whether the queue has space for an entry after the given number of others. Inside the lock.</summary>
    internal EnqueueOutcome CheckRoom(int before)
    {
        if (_state != Open)
            return EnqueueOutcome.Stopping;
        return _waiters.Count == 0 && HasRoom(before) ? EnqueueOutcome.Accepted : EnqueueOutcome.Full;
    }

    /// <summary>Inside the lock.</summary>
    internal ThreadRunner<T>? PutOffered(ref Entry<T> entry)
    {
        Put(ref entry);
        return _crew?.TakeIdle();
    }

    private EnqueueOutcome Admit(IAdmissionController admission, in Entry<T> entry)
    {
        if (_state != Open)
            return EnqueueOutcome.Stopping;
        lock (admission)
            return admission.TryAdmit(entry.Class, StageClock.Span(entry.Arrived)) ? EnqueueOutcome.Accepted : EnqueueOutcome.Overloaded;
    }

    internal void Count(EnqueueOutcome refusal)
    {
        ref long count = ref refusal == EnqueueOutcome.Full ? ref _full : ref refusal == EnqueueOutcome.Overloaded ? ref _overloaded : ref _stopped;
        Interlocked.Increment(ref count);
    }

    /// <summary>An offer from another thread with an event of this loop.</summary>
    private sealed class OfferMessage(Stage<T> stage, Entry<T> entry, Event<EnqueueOutcome> outcome) : Message
    {
        internal override void Run(EventLoop loop)
        {
            if (outcome.IsPending)
                stage.OfferOrWait(entry, outcome);
        }

        /// <summary>The event ended with its loop, so the item is not enqueued.</summary>
        internal override void Drop(EventLoop loop)
        {
        }
    }
}

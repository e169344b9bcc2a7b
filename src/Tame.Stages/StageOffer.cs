namespace Tame.Stages;

/// <summary>An item and its stage, to offer together with others by <see cref="Stage.TryEnqueueAll(out Stage?, ReadOnlySpan{StageOffer})"/>. <see cref="Stage{T}.Offer(T)"/> creates one.</summary>
public abstract class StageOffer
{
    private protected StageOffer()
    {
    }

    /// <summary>The stage.</summary>
    public abstract Stage Stage { get; }

    /// <summary>Gets class, token and key. This needs no lock.</summary>
    internal abstract EnqueueOutcome Prepare();

    /// <summary>Undoes <see cref="Prepare"/>, except for the token.</summary>
    internal abstract void Undo();

    /// <summary>Whether the stage takes the item after the given number of others. Inside the lock.</summary>
    internal abstract EnqueueOutcome Check(int before);

    /// <summary>Puts the item into the queue. Inside the lock.</summary>
    internal abstract void Put();

    /// <summary>Wakes the thread or loop that handles the item.</summary>
    internal abstract void Wake();

    /// <summary>Counts a refusal.</summary>
    internal abstract void Refused(EnqueueOutcome outcome);
}

/// <inheritdoc/>
internal sealed class StageOffer<T>(Stage<T> stage, T item, Event done) : StageOffer
{
    private Entry<T> _entry;
    private ThreadRunner<T>? _idle;

    public override Stage Stage => stage;

    internal override EnqueueOutcome Prepare()
    {
        _entry = stage.Timed(item, done);
        stage.GiveRoom();
        return stage.Examine(ref _entry);
    }

    internal override void Undo() => stage.DropLine(_entry);

    internal override EnqueueOutcome Check(int before) => stage.CheckRoom(before);

    internal override void Put() => _idle = stage.PutOffered(ref _entry);

    internal override void Wake() => stage.Wake(_idle);

    internal override void Refused(EnqueueOutcome outcome) => stage.Count(outcome);
}

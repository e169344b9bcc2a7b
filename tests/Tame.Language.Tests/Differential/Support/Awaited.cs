using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame.Language.Tests.Differential.Support;

/// <summary>
/// What an <c>async</c> method awaits where a tamed one waits: it is woken as a blocked call is, through the loop's ready queue, and then
/// runs the method's continuation on the spot.
/// </summary>
public abstract class Awaited : Closure, INotifyCompletion
{
    private static readonly ClosureType s_type = new("Awaited", "", line: 0, waits: "");
    private Action? _continuation;

    private protected Awaited()
    {
        _ = s_type.Rent(); // nothing is ever there, but the loop's books count this one as outside
        MarkCaptured();
    }

    public override ClosureType Type => s_type;

    public bool IsCompleted => IsOver();

    public void OnCompleted(Action continuation) => _continuation = continuation;

    /// <summary>Whether the wait is over; if not, the call is blocked now.</summary>
    private protected abstract bool IsOver();

    protected sealed override void Resume() => _continuation!();

    protected sealed override void Clear()
    {
    }
}

/// <summary>A twait block: the events made of it, and one await of them all.</summary>
public sealed class AwaitedBlock : Awaited
{
    private readonly List<AwaitedEvent> _events = [];
    private bool _ended;

    public AwaitedBlock() => EnterBlock();

    public AwaitedBlock GetAwaiter() => this;

    /// <summary>As if each event were awaited in the order of making, once all of them are over: throws the first failure, and has the others beside it.</summary>
    public void GetResult()
    {
        EndBlockOrThrow();
        var failures = _events.Select(e => e.Outcome.Exception?.InnerException).OfType<Exception>().ToList();
        if (failures.Count != 0)
            FailureGroup.Throw(FailureGroup.Join(failures));
    }

    public Event Make() => Next().Open();

    public Event<T> Make<T>(Slot<T> slot) => Next().Open(slot);

    public Event<T1, T2> Make<T1, T2>(Slot<T1> slot1, Slot<T2> slot2) => Next().Open(slot1, slot2);

    /// <summary>The block's statements have run to their end.</summary>
    public void End() => _ended = true;

    /// <summary>The block is left, by an exception unless its statements ended.</summary>
    public void Leave()
    {
        if (!_ended)
            Unwind(0);
    }

    private protected override bool IsOver() => BlockDone(1);

    private AwaitedEvent Next()
    {
        var next = new AwaitedEvent(Make(0));
        _events.Add(next);
        return next;
    }
}

/// <summary>A wait for any one event of a rendezvous. Where only the body can make events on it and there is none, the wait could not end, so it throws.</summary>
public abstract class AwaitedAny : Awaited
{
    private readonly bool _isOwn;

    private protected AwaitedAny(bool isOwn) => _isOwn = isOwn;

    private protected sealed override bool IsOver() => _isOwn ? OwnJoinReady(1) : JoinReady(1);
}

/// <summary>The next event of a rendezvous without ids.</summary>
public sealed class AwaitedJoin : AwaitedAny
{
    internal AwaitedJoin(Rendezvous rendezvous, bool isOwn)
        : base(isOwn) => BeginJoin(rendezvous);

    public AwaitedJoin GetAwaiter() => this;

    public void GetResult() => EndJoinOrThrow();
}

/// <summary>The next event of a rendezvous with ids.</summary>
public sealed class AwaitedJoin<TId> : AwaitedAny
{
    internal AwaitedJoin(Rendezvous<TId> rendezvous, bool isOwn)
        : base(isOwn) => BeginJoin(rendezvous);

    public AwaitedJoin<TId> GetAwaiter() => this;

    public TId GetResult()
    {
        var id = default(TId)!;
        EndJoinOrThrow(ref id);
        return id;
    }
}

/// <summary>The next event of a rendezvous, with its failure handed over.</summary>
public sealed class AwaitedOutcome<TId> : AwaitedAny
{
    internal AwaitedOutcome(Rendezvous<TId> rendezvous, bool isOwn)
        : base(isOwn) => BeginJoin(rendezvous);

    public AwaitedOutcome<TId> GetAwaiter() => this;

    public (TId Id, Exception? Error) GetResult()
    {
        var (id, error) = (default(TId)!, default(Exception));
        EndJoinOrError(ref id, ref error);
        return (id, error);
    }
}

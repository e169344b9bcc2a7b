using System.Diagnostics;

namespace Tame.CompilerServices;

// Joins: twait(r, out id, out error)
public abstract partial class Closure
{
    /// <summary>Begins a wait for any event of a rendezvous.</summary>
    /// <param name="rendezvous">The rendezvous, evaluated once.</param>
    /// <exception cref="ArgumentNullException">The argument is null.</exception>
    /// <exception cref="InvalidOperationException">This thread has no loop, or the rendezvous belongs to another loop.</exception>
    public void BeginJoin(Rendezvous rendezvous) => BeginJoin((RendezvousBase)rendezvous);

    /// <summary>Begins a wait for any event of a rendezvous.</summary>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <param name="rendezvous">The rendezvous, evaluated once.</param>
    /// <exception cref="ArgumentNullException">The argument is null.</exception>
    /// <exception cref="InvalidOperationException">This thread has no loop, or the rendezvous belongs to another loop.</exception>
    public void BeginJoin<TId>(Rendezvous<TId> rendezvous) => BeginJoin((RendezvousBase)rendezvous);

    /// <summary>Comes after the resume label, so it is called again on resume.</summary>
    /// <param name="state">The number of the resume label.</param>
    /// <returns>True when the join can end, with an event or an error; false when the call is blocked and the body must return.</returns>
    public bool JoinReady(int state)
    {
        State = state;
        if (Extras!.Joining!.CanEnd(this))
            return true;
        Suspend();
        return false;
    }

    /// <summary>Does the same as <see cref="JoinReady"/> for a rendezvous on which only this body can create events.</summary>
    /// <param name="state">The number of the resume label.</param>
    /// <returns>True when the join can end, with an event or an error; false when the call is blocked and the body must return.</returns>
    /// <exception cref="InvalidOperationException">The rendezvous has no events, so the wait could not end.</exception>
    public bool OwnJoinReady(int state)
    {
        if (Extras!.Joining!.IsIdle)
            throw Errors.NothingToWaitFor(Type, Type.WaitPoint(state).Line);
        return JoinReady(state);
    }

    /// <summary>Takes the event. The wait must be outside every try region.</summary>
    /// <returns>False when it had failed: the runtime keeps the failure for the event parameters, and the body must return.</returns>
    public bool EndJoin()
    {
        var failure = Take(out var entry);
        entry?.Free();
        return failure is null || Keep(failure);
    }

    /// <inheritdoc cref="EndJoin()"/>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <param name="id">Written only on success.</param>
    public bool EndJoin<TId>(ref TId id)
    {
        var failure = Take(out var entry);
        if (failure is not null)
        {
            entry?.Free();
            return Keep(failure);
        }
        ((RendezvousEntry<TId>)entry!).TakeId(out id);
        return true;
    }

    /// <summary>Takes the event, and throws its failure.</summary>
    [StackTraceHidden]
    public void EndJoinOrThrow()
    {
        var failure = Take(out var entry);
        entry?.Free();
        if (failure is not null)
            FailureGroup.Throw(failure);
    }

    /// <summary>Takes the event, and throws its failure.</summary>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <param name="id">Written only on success.</param>
    [StackTraceHidden]
    public void EndJoinOrThrow<TId>(ref TId id)
    {
        var failure = Take(out var entry);
        if (failure is null)
        {
            ((RendezvousEntry<TId>)entry!).TakeId(out id);
            return;
        }
        entry?.Free();
        FailureGroup.Throw(failure);
    }

    /// <summary>Takes the event and returns its failure. Throws if the rendezvous is cancelled or another call waits.</summary>
    /// <param name="error">The failure, or null.</param>
    [StackTraceHidden]
    public void EndJoinOrError(ref Exception? error)
    {
        var failure = Take(out var entry);
        (entry ?? throw Thrown(failure!)).Free();
        error = CallTrace.Shown(failure);
    }

    /// <summary>Takes the event and returns its failure. Throws if the rendezvous is cancelled or another call waits.</summary>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <param name="id">The event's id, whether or not the event failed.</param>
    /// <param name="error">The failure, or null.</param>
    [StackTraceHidden]
    public void EndJoinOrError<TId>(ref TId id, ref Exception? error)
    {
        var failure = Take(out var entry);
        ((RendezvousEntry<TId>)(entry ?? throw Thrown(failure!))).TakeId(out id);
        error = CallTrace.Shown(failure);
    }

    [StackTraceHidden]
    private static Exception Thrown(Exception error)
    {
        CallTrace.Throw(error);
        return error;
    }

    private void BeginJoin(RendezvousBase rendezvous)
    {
        ArgumentNullException.ThrowIfNull(rendezvous);
        rendezvous.Bind(RequireLoop());
        var extras = Extras ??= new CallExtras();
        if (!ReferenceEquals(extras.Joining, rendezvous))
            extras.Joining = rendezvous;
    }

    /// <summary>Ends the join. A null entry means an error of the rendezvous itself.</summary>
    private Exception? Take(out RendezvousEntry? entry) => Extras!.Joining!.EndJoin(this, out entry);
}

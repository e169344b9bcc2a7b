namespace Tame;

/// <summary>The result of <see cref="Event.AtTrigger"/> and <see cref="Event.OnComplete"/>. Dispose of it to undo the call.</summary>
/// <remarks>
/// Use it with an event that lives long, such as one for the end of a program. Otherwise each <c>OnComplete</c> stays until the event completes.
/// <c>default(EventRegistration)</c> undoes nothing. A registration holds no handle of the event, and so hides no loss.
/// </remarks>
public readonly struct EventRegistration : IDisposable, IEquatable<EventRegistration>
{
    private readonly UndoableHook? _hook;
    private readonly long _id;

    internal EventRegistration(UndoableHook hook, long id)
    {
        _hook = hook;
        _id = id;
    }

    /// <summary>Undoes the registration, so that the event no longer refers to it.</summary>
    /// <remarks>
    /// It does nothing if the event has completed or the registration is already undone. On the thread of the event's loop it takes effect before it returns.
    /// From another thread it goes through the loop's inbox: an event that completes before it arrives still triggers or calls. Any thread may call it, any
    /// number of times.
    /// </remarks>
    public void Dispose()
    {
        if (_hook is not { Loop: { } loop } hook || !hook.IsInUse(_id))
            return;
        if (LoopThread.HasEntered(loop))
            hook.Undo(_id);
        else
            loop.Send(new UndoMessage(hook, _id));
    }

    /// <summary>True when both undo the same registration.</summary>
    /// <param name="other">The other one.</param>
    public bool Equals(EventRegistration other) => ReferenceEquals(_hook, other._hook) && _id == other._id;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EventRegistration other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_hook, _id);

    /// <summary>True when both undo the same registration.</summary>
    /// <param name="left">One registration.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(EventRegistration left, EventRegistration right) => left.Equals(right);

    /// <summary>True when the two do not undo the same registration.</summary>
    /// <param name="left">One registration.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(EventRegistration left, EventRegistration right) => !left.Equals(right);
}

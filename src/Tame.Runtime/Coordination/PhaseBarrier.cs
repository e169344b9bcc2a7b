namespace Tame;

/// <summary>
/// A point at which calls of one loop wait for each other, phase after phase. An arrival waits until all participants of the phase have arrived.
/// </summary>
/// <remarks>
/// An arrival is undone if something else completes its event first: a time limit, <see cref="Event.Unblock"/>, or the cancellation of its rendezvous. Before the
/// phase can end, that participant must arrive again, or you must call <see cref="RemoveParticipant"/>. Waiting allocates nothing unless the barrier has more
/// participants than ever before. The barrier belongs to the loop on which it is first used. Call its members only on that loop's thread. When that loop has
/// ended, the barrier starts over on the next one.
/// </remarks>
public sealed class PhaseBarrier
{
    private const string Self = "This barrier";
    private readonly WaitingLine<bool> _line = new();
    private readonly int _atFirst;
    private OwnLoop _own = new();
    private int _participants;
    private long _phase;

    /// <summary>Creates a barrier in phase zero, without arrivals.</summary>
    /// <param name="participants">The number of arrivals that end a phase. With zero, add participants before the first arrival.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public PhaseBarrier(int participants) =>
        _atFirst = _participants = Checks.AtLeast(0, participants, "The number of participants must not be negative.");

    /// <summary>The number of arrivals that end the phase.</summary>
    /// <exception cref="InvalidOperationException">The barrier belongs to another thread's loop.</exception>
    public int Participants => Read()._participants;

    /// <summary>The number of participants that have arrived in this phase and wait.</summary>
    /// <exception cref="InvalidOperationException">The barrier belongs to another thread's loop.</exception>
    public int Arrived => Read()._line.Count;

    /// <summary>The number of phases that have ended. A phase ends only when every participant has arrived.</summary>
    /// <exception cref="InvalidOperationException">The barrier belongs to another thread's loop.</exception>
    public long Phase => Read()._phase;

    /// <summary>Arrives, and triggers an event when all participants of this phase have arrived. For the last participant, that is at once.</summary>
    /// <param name="passed">An event of this loop. If it is empty or complete, it does not arrive.</param>
    /// <exception cref="InvalidOperationException">
    /// The barrier has no participants, or the barrier or the event belongs to another thread's loop, or this thread has no loop.
    /// </exception>
    public void Arrive(Event passed)
    {
        var loop = Open();
        if (_participants == 0)
            throw new InvalidOperationException($"The barrier has no participants. Call {nameof(AddParticipant)} before {nameof(Arrive)}.");
        if (!_own.Admits(passed))
            return;
        _line.Add(passed, true);
        Pass(loop);
    }

    /// <summary>Adds a participant: this phase and the following ones need one more arrival.</summary>
    /// <exception cref="InvalidOperationException">
    /// The barrier has <see cref="int.MaxValue"/> participants, or it belongs to another thread's loop, or this thread has no loop.
    /// </exception>
    public void AddParticipant()
    {
        Open();
        if (_participants == int.MaxValue)
            throw new InvalidOperationException("The barrier already has the maximum number of participants.");
        _participants++;
    }

    /// <summary>
    /// Removes a participant that has not arrived in this phase. If all others have arrived, the phase ends before this method returns, and they resume later.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// The barrier has no participants, or it belongs to another thread's loop, or this thread has no loop.
    /// </exception>
    public void RemoveParticipant()
    {
        var loop = Open();
        if (_participants == 0)
            throw new InvalidOperationException($"The barrier has no participants. Each {nameof(RemoveParticipant)} must follow one {nameof(AddParticipant)}, or remove a participant passed to the constructor.");
        _participants--;
        Pass(loop);
    }

    private void Pass(EventLoop loop)
    {
        if (_line.Count < _participants || _line.IsEmpty)
            return;
        _phase++;
        while (!_line.IsEmpty)
            _line.Take(out _).CompleteLink(null);
        loop.DrainChain();
    }

    private PhaseBarrier Read()
    {
        _own.Check(Self);
        return this;
    }

    private EventLoop Open()
    {
        if (_own.Enter(Self, out var loop))
        {
            _line.Clear();
            (_participants, _phase) = (_atFirst, 0);
        }
        return loop;
    }
}

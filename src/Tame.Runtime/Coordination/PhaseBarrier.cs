namespace Tame;

/// <summary>
/// A point at which calls of one loop wait for each other, phase after phase: an arrival waits until all participants of the phase have
/// arrived.
/// </summary>
/// <remarks>
/// An arrival whose event completes otherwise - by a time limit, <see cref="Event.Unblock"/> or the cancellation of its rendezvous - is
/// taken back: that participant has to arrive again, or to be removed by <see cref="RemoveParticipant"/>, before the phase can end. Waiting
/// allocates nothing while the participants are no more than they once were. The barrier belongs to the loop on which it is first used, and
/// all its members are for that loop's thread; when that loop has ended, the barrier starts afresh on the next.
/// </remarks>
public sealed class PhaseBarrier
{
    private const string Self = "This barrier";
    private readonly WaitingLine<bool> _line = new();
    private readonly int _atFirst;
    private OwnLoop _own = new();
    private int _participants;
    private long _phase;

    /// <summary>Makes a barrier in phase zero, at which nobody has arrived.</summary>
    /// <param name="participants">How many arrivals end a phase. With zero of them, add participants before the first arrival.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public PhaseBarrier(int participants) =>
        _atFirst = _participants = Checks.AtLeast(0, participants, "The number of participants must not be negative.");

    /// <summary>How many arrivals end the phase.</summary>
    /// <exception cref="InvalidOperationException">The barrier belongs to another thread's loop.</exception>
    public int Participants => Read()._participants;

    /// <summary>How many have arrived in this phase and wait.</summary>
    /// <exception cref="InvalidOperationException">The barrier belongs to another thread's loop.</exception>
    public int Arrived => Read()._line.Count;

    /// <summary>How many phases have ended. While one of its participants has not arrived, a phase lasts.</summary>
    /// <exception cref="InvalidOperationException">The barrier belongs to another thread's loop.</exception>
    public long Phase => Read()._phase;

    /// <summary>Arrives, and triggers an event when all participants of this phase have arrived: for the last of them that is at once.</summary>
    /// <param name="passed">The event, of this loop. An empty or complete one does not arrive.</param>
    /// <exception cref="InvalidOperationException">
    /// The barrier has no participants, or it or the event belongs to another thread's loop, or this thread has none.
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

    /// <summary>Lets one more participant in: this phase and the following ones need one more arrival.</summary>
    /// <exception cref="InvalidOperationException">
    /// The barrier has <see cref="int.MaxValue"/> participants, or it belongs to another thread's loop, or this thread has none.
    /// </exception>
    public void AddParticipant()
    {
        Open();
        if (_participants == int.MaxValue)
            throw new InvalidOperationException("The barrier has as many participants as it can have.");
        _participants++;
    }

    /// <summary>
    /// Removes a participant that has not arrived in this phase. If all others have arrived, the phase ends before this returns, and they
    /// resume later.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// The barrier has no participants, or it belongs to another thread's loop, or this thread has none.
    /// </exception>
    public void RemoveParticipant()
    {
        var loop = Open();
        if (_participants == 0)
            throw new InvalidOperationException($"The barrier has no participants. Each {nameof(RemoveParticipant)} must follow one {nameof(AddParticipant)}, or be for one of those it was made with.");
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

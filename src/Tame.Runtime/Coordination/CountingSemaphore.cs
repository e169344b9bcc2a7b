namespace Tame;

/// <summary>A number of permits for calls of one loop, given out strictly first come first served.</summary>
/// <remarks>
/// A waiter whose event completes otherwise - by a time limit, <see cref="Event.Unblock"/> or the cancellation of its rendezvous - leaves
/// the line at once; it never gets a permit. An event that has been triggered with a permit has it, whatever its call does then: release in
/// a <c>finally</c>. Waiting allocates nothing while the line keeps to a length it once had. The semaphore belongs to the loop on which it
/// is first used, and all its members are for that loop's thread; when that loop has ended, the semaphore starts afresh on the next.
/// <see cref="SharedMutex"/> is the lock that one call holds alone, or several share.
/// </remarks>
public sealed class CountingSemaphore
{
    private const string Self = "This semaphore";
    private readonly WaitingLine<bool> _line = new();
    private readonly int _atFirst;
    private OwnLoop _own = new();
    private int _available;

    /// <summary>Makes a semaphore all of whose permits are available.</summary>
    /// <param name="permits">How many permits it has; at least one.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one.</exception>
    public CountingSemaphore(int permits)
        : this(permits, permits)
    {
    }

    /// <summary>Makes a semaphore some of whose permits are available. With none of them, each <see cref="Release()"/> is a signal to one waiter.</summary>
    /// <param name="available">How many permits are available at first; from zero to the maximum.</param>
    /// <param name="maximum">How many permits may be available; at least one.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public CountingSemaphore(int available, int maximum)
    {
        Checks.AtLeast(1, maximum, "A semaphore needs at least one permit.");
        Checks.Between(0, maximum, available, "The permits that are available at first must be from zero to the maximum.");
        (_atFirst, _available, Maximum) = (available, available, maximum);
    }

    /// <summary>How many permits may be available at most.</summary>
    public int Maximum { get; }

    /// <summary>How many permits are available now.</summary>
    /// <exception cref="InvalidOperationException">The semaphore belongs to another thread's loop.</exception>
    public int Available => Read()._available;

    /// <summary>How many wait for a permit.</summary>
    /// <exception cref="InvalidOperationException">The semaphore belongs to another thread's loop.</exception>
    public int Waiting => Read()._line.Count;

    /// <summary>Triggers an event when the caller has a permit; <see cref="Release()"/> gives it back.</summary>
    /// <param name="acquired">The event, of this loop. An empty or complete one does nothing and takes no permit.</param>
    /// <exception cref="InvalidOperationException">The semaphore or the event belongs to another thread's loop, or this thread has none.</exception>
    public void Acquire(Event acquired)
    {
        var loop = Open();
        if (!_own.Admits(acquired))
            return;
        if (_available == 0)
        {
            _line.Add(acquired, true);
            return;
        }
        _available--;
        acquired.CompleteLink(null);
        loop.DrainChain();
    }

    /// <summary>Takes a permit if one is available; then no event waits for it.</summary>
    /// <returns>True when the caller has a permit now.</returns>
    /// <exception cref="InvalidOperationException">The semaphore belongs to another thread's loop, or this thread has none.</exception>
    public bool TryAcquire()
    {
        Open();
        if (_available == 0)
            return false;
        _available--;
        return true;
    }

    /// <summary>Gives a permit back; the first in line has it before this returns, and resumes later.</summary>
    /// <exception cref="InvalidOperationException">
    /// All permits are available, or the semaphore belongs to another thread's loop, or this thread has none.
    /// </exception>
    public void Release() => Release(1);

    /// <summary>Gives permits back; the first in line have them before this returns, and resume later.</summary>
    /// <param name="permits">How many; at least one.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one.</exception>
    /// <exception cref="InvalidOperationException">
    /// More permits than the maximum would be available, or the semaphore belongs to another thread's loop, or this thread has none. No
    /// permit is given back then.
    /// </exception>
    public void Release(int permits)
    {
        Checks.AtLeast(1, permits, "Release at least one permit.");
        var loop = Open();
        int given = Math.Min(permits, _line.Count);
        if (permits - given > Maximum - _available)
            throw new InvalidOperationException(TooMany(permits));
        _available += permits - given;
        for (; given > 0; given--)
            _line.Take(out _).CompleteLink(null);
        loop.DrainChain();
    }

    private string TooMany(int permits) =>
        $"Release of {permits} was called while {_available} of {Maximum} permits are available. Each permit that is released must come from one " +
        $"{nameof(Acquire)} whose event was triggered, or one {nameof(TryAcquire)} that returned true; a semaphore for signals needs a higher maximum.";

    private CountingSemaphore Read()
    {
        _own.Check(Self);
        return this;
    }

    private EventLoop Open()
    {
        if (_own.Enter(Self, out var loop))
        {
            _line.Clear();
            _available = _atFirst;
        }
        return loop;
    }
}

namespace Tame;

/// <summary>A number of permits for calls of one loop, granted strictly in order of arrival.</summary>
/// <remarks>
/// If something else completes the event of a waiter first (a time limit, <see cref="Event.Unblock"/>, or the cancellation of its rendezvous), the waiter leaves
/// the line at once and never gets a permit. An event that has been triggered owns its permit, whatever its call does then: release it in a <c>finally</c>.
/// Waiting allocates nothing unless the line is longer than ever before. The semaphore belongs to the loop on which it is first used. Call its members only on
/// that loop's thread. When that loop has ended, the semaphore starts over on the next one. For a lock that one call holds alone, or several share, use
/// <see cref="SharedMutex"/>.
/// </remarks>
public sealed class CountingSemaphore
{
    private const string Self = "This semaphore";
    private readonly WaitingLine<bool> _line = new();
    private readonly int _atFirst;
    private OwnLoop _own = new();
    private int _available;

    /// <summary>Creates a semaphore with all permits available.</summary>
    /// <param name="permits">The number of permits, at least one.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one.</exception>
    public CountingSemaphore(int permits)
        : this(permits, permits)
    {
    }

    /// <summary>Creates a semaphore with some permits available. With none available, each <see cref="Release()"/> is a signal to one waiter.</summary>
    /// <param name="available">The number of permits that are available at first, from zero to the maximum.</param>
    /// <param name="maximum">The number of permits that may be available, at least one.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public CountingSemaphore(int available, int maximum)
    {
        Checks.AtLeast(1, maximum, "A semaphore needs at least one permit.");
        Checks.Between(0, maximum, available, "The permits that are available at first must be from zero to the maximum.");
        (_atFirst, _available, Maximum) = (available, available, maximum);
    }

    /// <summary>The maximum number of available permits.</summary>
    public int Maximum { get; }

    /// <summary>The number of permits that are available now.</summary>
    /// <exception cref="InvalidOperationException">The semaphore belongs to another thread's loop.</exception>
    public int Available => Read()._available;

    /// <summary>The number of events that wait for a permit.</summary>
    /// <exception cref="InvalidOperationException">The semaphore belongs to another thread's loop.</exception>
    public int Waiting => Read()._line.Count;

    /// <summary>Triggers an event when the caller has a permit. <see cref="Release()"/> returns the permit.</summary>
    /// <param name="acquired">An event of this loop. If it is empty or complete, nothing happens.</param>
    /// <exception cref="InvalidOperationException">The semaphore or the event belongs to another thread's loop, or this thread has no loop.</exception>
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

    /// <summary>Takes a permit if one is available. Then no event waits for one.</summary>
    /// <returns>True if the caller now has a permit.</returns>
    /// <exception cref="InvalidOperationException">The semaphore belongs to another thread's loop, or this thread has no loop.</exception>
    public bool TryAcquire()
    {
        Open();
        if (_available == 0)
            return false;
        _available--;
        return true;
    }

    /// <summary>Returns a permit. The first in line has it before this method returns, and resumes later.</summary>
    /// <exception cref="InvalidOperationException">
    /// All permits are available, or the semaphore belongs to another thread's loop, or this thread has no loop.
    /// </exception>
    public void Release() => Release(1);

    /// <summary>Returns permits. The first in line have them before this method returns, and resume later.</summary>
    /// <param name="permits">The number of permits, at least one.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one.</exception>
    /// <exception cref="InvalidOperationException">
    /// More permits than the maximum would be available, or the semaphore belongs to another thread's loop, or this thread has no loop. Then no permit is
    /// returned.
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

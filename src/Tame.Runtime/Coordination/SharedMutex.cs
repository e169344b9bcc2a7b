namespace Tame;

/// <summary>
/// A lock for calls of one loop, exclusive or shared, granted strictly in order of arrival. Consecutive sharers enter together. A sharer after an exclusive
/// waiter waits, so that neither kind starves.
/// </summary>
/// <remarks>
/// If something else completes the event of a waiter first (a timeout, <see cref="Event.Unblock"/>, or the cancellation of its rendezvous), the waiter leaves the
/// line and never gets the lock. Those after it move up at once. An event that has been triggered owns the lock, whatever happens to the call that waited for it: release it
/// in a <c>finally</c>. The mutex belongs to the loop on which it is first used. Call its members only on that loop's thread. When that loop has ended, the
/// mutex is free again for the next. Source: <c>mutex</c> of tamer.
/// </remarks>
public sealed class SharedMutex
{
    private const string Self = "This mutex";
    private const int Exclusive = -1;
    private readonly WaitingLine<bool> _line;
    private OwnLoop _own = new();

    /// <summary>The number of sharers, or <see cref="Exclusive"/>.</summary>
    private int _holders;

    /// <summary>Creates a mutex that is free.</summary>
    public SharedMutex() => _line = new WaitingLine<bool>(MoveUp);

    /// <summary>True while the mutex is held, exclusively or shared.</summary>
    /// <exception cref="InvalidOperationException">The mutex belongs to another thread's loop.</exception>
    public bool IsHeld => Read()._holders != 0;

    /// <summary>The number of calls that share the mutex now. It is zero while the mutex is held exclusively.</summary>
    /// <exception cref="InvalidOperationException">The mutex belongs to another thread's loop.</exception>
    public int Sharers => Math.Max(0, Read()._holders);

    /// <summary>The number of events that wait for the mutex.</summary>
    /// <exception cref="InvalidOperationException">The mutex belongs to another thread's loop.</exception>
    public int Waiting => Read()._line.Count;

    /// <summary>Triggers an event when the caller holds the mutex exclusively. <see cref="Release"/> releases it.</summary>
    /// <param name="acquired">An event of this loop. If it is empty or complete, nothing happens.</param>
    /// <exception cref="InvalidOperationException">The mutex or the event belongs to another thread's loop, or this thread has no loop.</exception>
    public void Acquire(Event acquired) => Enter(acquired, isShared: false);

    /// <summary>Triggers an event when the caller shares the mutex. <see cref="ReleaseShared"/> releases the share.</summary>
    /// <param name="acquired">An event of this loop. If it is empty or complete, nothing happens.</param>
    /// <exception cref="InvalidOperationException">The mutex or the event belongs to another thread's loop, or this thread has no loop.</exception>
    public void AcquireShared(Event acquired) => Enter(acquired, isShared: true);

    /// <summary>Takes the mutex exclusively if it is free and no event waits for it.</summary>
    /// <returns>True if the caller now holds it.</returns>
    /// <exception cref="InvalidOperationException">The mutex belongs to another thread's loop, or this thread has no loop.</exception>
    public bool TryAcquire() => TryEnter(isShared: false);

    /// <summary>Takes a share of the mutex if it is not held exclusively and no event waits for it.</summary>
    /// <returns>True if the caller now holds it.</returns>
    /// <exception cref="InvalidOperationException">The mutex belongs to another thread's loop, or this thread has no loop.</exception>
    public bool TryAcquireShared() => TryEnter(isShared: true);

    /// <summary>Releases the exclusive lock. The next in line enter before this method returns, and resume later.</summary>
    /// <exception cref="InvalidOperationException">
    /// The mutex is not held exclusively, or it belongs to another thread's loop, or this thread has no loop.
    /// </exception>
    public void Release()
    {
        var loop = Open();
        if (_holders != Exclusive)
            throw NotHeld(nameof(Release), nameof(Acquire), "exclusively");
        _holders = 0;
        MoveUp();
        loop.DrainChain();
    }

    /// <summary>Releases a shared lock. If it was the last, the next in line enter before this method returns, and resume later.</summary>
    /// <exception cref="InvalidOperationException">
    /// The mutex is not shared, or it belongs to another thread's loop, or this thread has no loop.
    /// </exception>
    public void ReleaseShared()
    {
        var loop = Open();
        if (_holders <= 0)
            throw NotHeld(nameof(ReleaseShared), nameof(AcquireShared), "shared");
        _holders--;
        MoveUp();
        loop.DrainChain();
    }

    private void Enter(Event acquired, bool isShared)
    {
        var loop = Open();
        if (!_own.Admits(acquired))
            return;
        _line.Add(acquired, isShared);
        MoveUp();
        loop.DrainChain();
    }

    private bool TryEnter(bool isShared)
    {
        Open();
        if (!_line.IsEmpty || !HasRoom(isShared))
            return false;
        Take(isShared);
        return true;
    }

    /// <summary>Admits the first in line while the lock allows it. The caller must drain the chain of completions.</summary>
    private void MoveUp()
    {
        while (!_line.IsEmpty && HasRoom(_line.First))
        {
            var acquired = _line.Take(out bool isShared);
            Take(isShared);
            acquired.CompleteLink(null);
        }
    }

    private bool HasRoom(bool isShared) => isShared ? _holders >= 0 : _holders == 0;

    private void Take(bool isShared) => _holders = isShared ? _holders + 1 : Exclusive;

    private SharedMutex Read()
    {
        _own.Check(Self);
        return this;
    }

    private EventLoop Open()
    {
        if (_own.Enter(Self, out var loop))
        {
            _line.Clear();
            _holders = 0;
        }
        return loop;
    }

    private static InvalidOperationException NotHeld(string release, string acquire, string how) => new(
        $"{release} was called while no caller holds the mutex {how}. Each {release} must follow one {acquire} whose event was triggered, or one " +
        $"Try{acquire} that returned true.");
}

namespace Tame;

/// <summary>
/// A lock for calls of one loop, exclusive or shared, strictly first come first served: sharers in a row enter together, and a sharer
/// behind an exclusive waiter waits, so that neither kind starves.
/// </summary>
/// <remarks>
/// A waiter whose event completes otherwise - by a timeout, <see cref="Event.Unblock"/> or the cancellation of its rendezvous - leaves the
/// line, and those behind it move up at once; it never gets the lock. An event that has been triggered with the lock has it, whatever
/// becomes of the call that waited for it: release in a <c>finally</c>. The mutex belongs to the loop on which it is first used, and all
/// its members are for that loop's thread; when that loop has ended, it is free again for the next. Source: <c>mutex</c> of tamer.
/// </remarks>
public sealed class SharedMutex
{
    private const string Self = "This mutex";
    private const int Exclusive = -1;
    private readonly WaitingLine<bool> _line;
    private OwnLoop _own = new();

    /// <summary>How many share the lock, or <see cref="Exclusive"/>.</summary>
    private int _holders;

    /// <summary>Makes a mutex that nobody holds.</summary>
    public SharedMutex() => _line = new WaitingLine<bool>(MoveUp);

    /// <summary>True while the mutex is held, alone or shared.</summary>
    /// <exception cref="InvalidOperationException">The mutex belongs to another thread's loop.</exception>
    public bool IsHeld => Read()._holders != 0;

    /// <summary>How many share the mutex now; zero while it is held exclusively.</summary>
    /// <exception cref="InvalidOperationException">The mutex belongs to another thread's loop.</exception>
    public int Sharers => Math.Max(0, Read()._holders);

    /// <summary>How many wait for it.</summary>
    /// <exception cref="InvalidOperationException">The mutex belongs to another thread's loop.</exception>
    public int Waiting => Read()._line.Count;

    /// <summary>Triggers an event when the caller alone holds the mutex; <see cref="Release"/> gives it back.</summary>
    /// <param name="acquired">The event, of this loop. An empty or complete one does nothing and takes no lock.</param>
    /// <exception cref="InvalidOperationException">The mutex or the event belongs to another thread's loop, or this thread has none.</exception>
    public void Acquire(Event acquired) => Enter(acquired, isShared: false);

    /// <summary>Triggers an event when the caller holds the mutex with other sharers; <see cref="ReleaseShared"/> gives it back.</summary>
    /// <param name="acquired">The event, of this loop. An empty or complete one does nothing and takes no lock.</param>
    /// <exception cref="InvalidOperationException">The mutex or the event belongs to another thread's loop, or this thread has none.</exception>
    public void AcquireShared(Event acquired) => Enter(acquired, isShared: true);

    /// <summary>Takes the mutex exclusively if it is free and nobody waits for it.</summary>
    /// <returns>True when the caller holds it now.</returns>
    /// <exception cref="InvalidOperationException">The mutex belongs to another thread's loop, or this thread has none.</exception>
    public bool TryAcquire() => TryEnter(isShared: false);

    /// <summary>Takes the mutex shared if nobody holds it exclusively and nobody waits for it.</summary>
    /// <returns>True when the caller holds it now.</returns>
    /// <exception cref="InvalidOperationException">The mutex belongs to another thread's loop, or this thread has none.</exception>
    public bool TryAcquireShared() => TryEnter(isShared: true);

    /// <summary>Gives the exclusive lock back; those next in line enter before this returns, and resume later.</summary>
    /// <exception cref="InvalidOperationException">
    /// Nobody holds the mutex exclusively, or it belongs to another thread's loop, or this thread has none.
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

    /// <summary>Gives a shared lock back; with the last one, those next in line enter before this returns, and resume later.</summary>
    /// <exception cref="InvalidOperationException">
    /// Nobody shares the mutex, or it belongs to another thread's loop, or this thread has none.
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

    /// <summary>Lets in the first in line while there is room. Leaves the chain of completions to the caller.</summary>
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
        $"{release} was called while nobody holds the mutex {how}. Each {release} must follow one {acquire} whose event was triggered, or one " +
        $"Try{acquire} that returned true.");
}

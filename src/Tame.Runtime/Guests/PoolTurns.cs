namespace Tame.Guests;

/// <summary>
/// A series of turns on one thread of the pool. If the turn of a guest wakes another guest, that guest's turn follows on the same thread, because waking
/// another thread costs much more. Only one guest is kept for that. Further ones go to the pool, and so does the kept one if the current turn lasts.
/// </summary>
internal sealed class PoolTurns
{
    /// <summary>The maximum number of turns in a series. Then the thread returns to the other work of the pool.</summary>
    private const int Most = 64;

    /// <summary>The number of turns between two readings of the clock, and the milliseconds after which a series ends.</summary>
    private const int TurnsPerLook = 8, MostMilliseconds = 2;

    [ThreadStatic]
    private static PoolTurns? t_here;

    /// <summary>The guest whose turn runs here; null if none does.</summary>
    private GuestTurns? _current;

    /// <summary>The guest whose turn follows. <see cref="PoolWatch"/> may take it, too.</summary>
    private GuestTurns? _next;

    /// <summary>The number of turns that have begun. The watch reads it.</summary>
    private int _turns;

    /// <summary>The number of turns that the watch saw last.</summary>
    private int _seen;

    private PoolTurns() => PoolWatch.Add(this);

    /// <summary>Runs a turn that the pool has dequeued, and the turns that follow from it.</summary>
    public static void Run(GuestTurns first)
    {
        var here = t_here ??= new PoolTurns();
        if (here._current is null)
            here.RunRow(first);
        else
            first.TryRun();
    }

    /// <summary>Keeps a guest whose turn is scheduled on this thread, so that it follows the current turn. False if it must go to the pool.</summary>
    public static bool TryKeep(GuestTurns guest)
    {
        if (t_here is not { _current: { } current } here || ReferenceEquals(current, guest) || here._next is not null)
            return false;
        Volatile.Write(ref here._next, guest);
        PoolWatch.Begin();
        return true;
    }

    /// <summary>Called when the current turn continues for a while. The guest that was to follow goes to the pool.</summary>
    public static void LetGo() => t_here?.Flush();

    /// <summary>
    /// Called by the watch. True if turns have begun since the last call, or a guest is kept. If no turn has begun, the kept guest goes to the pool.
    /// </summary>
    public bool Look()
    {
        int turns = Volatile.Read(ref _turns);
        bool isNew = turns != _seen;
        _seen = turns;
        if (Volatile.Read(ref _next) is null)
            return isNew;
        if (!isNew)
            Flush();
        return true;
    }

    private void RunRow(GuestTurns first)
    {
        try
        {
            var turn = first;
            long began = Environment.TickCount64;
            for (int left = Most; turn is not null && left > 0; left--)
            {
                if (left % TurnsPerLook == 0 && Environment.TickCount64 - began > MostMilliseconds)
                    break;
                Volatile.Write(ref _turns, _turns + 1);
                _current = turn;
                turn.TryRun();
                turn = _next is null ? null : Interlocked.Exchange(ref _next, null);
            }
            if (turn is not null)
                Queue(turn);
        }
        finally
        {
            _current = null;
            Flush();
        }
    }

    private void Flush()
    {
        if (_next is not null && Interlocked.Exchange(ref _next, null) is { } next)
            Queue(next);
    }

    private static void Queue(GuestTurns guest) => ThreadPool.UnsafeQueueUserWorkItem(guest, preferLocal: false);
}

namespace Tame.Guests;

/// <summary>
/// Turns in a row on a thread of the pool. A guest whose turn wakes another one has that one's turn follow on its thread, behind its own: to wake another thread for it
/// costs ten times as much. One guest is kept so; further ones go to the pool, and so does that one where the turn lasts.
/// </summary>
internal sealed class PoolTurns
{
    /// <summary>Turns in a row, behind which the thread is left to the other work of the pool.</summary>
    private const int Most = 64;

    /// <summary>Turns between two looks at the time, and milliseconds behind which a row ends there.</summary>
    private const int TurnsPerLook = 8, MostMilliseconds = 2;

    [ThreadStatic]
    private static PoolTurns? t_here;

    /// <summary>Whose turn runs here; null where none does.</summary>
    private GuestTurns? _current;

    /// <summary>Whose turn follows. The watch may take it, too.</summary>
    private GuestTurns? _next;

    /// <summary>How many turns have begun. Read by the watch.</summary>
    private int _turns;

    /// <summary>What the watch saw last.</summary>
    private int _seen;

    private PoolTurns() => PoolWatch.Add(this);

    /// <summary>Makes a turn, which the pool has come to, and those that follow from it.</summary>
    public static void Run(GuestTurns first)
    {
        var here = t_here ??= new PoolTurns();
        if (here._current is null)
            here.RunRow(first);
        else
            first.TryRun();
    }

    /// <summary>Has the turn of a guest that is scheduled on this thread follow the one that runs here. False where it has to go to the pool.</summary>
    public static bool TryKeep(GuestTurns guest)
    {
        if (t_here is not { _current: { } current } here || ReferenceEquals(current, guest) || here._next is not null)
            return false;
        Volatile.Write(ref here._next, guest);
        PoolWatch.Begin();
        return true;
    }

    /// <summary>The turn that runs here goes on for a while: the one that is to follow does not wait for it.</summary>
    public static void LetGo() => t_here?.Flush();

    /// <summary>True where turns were made or are to follow since this was asked last. One that is to follow a turn that lasts goes to the pool. By the watch.</summary>
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

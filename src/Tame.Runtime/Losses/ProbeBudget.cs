namespace Tame;

/// <summary>The collections that the loops of a process ask for: one at a time, and not above one part in a hundred of wall time. Any thread may use it.</summary>
internal class ProbeBudget
{
    private const long Share = 100;
    private int _collecting;
    private long _started;
    private long _notBefore;

    public static ProbeBudget OfProcess { get; } = new();

    /// <summary>Milliseconds of the system.</summary>
    public virtual long Now => Environment.TickCount64;

    /// <summary>No loop collects before this time.</summary>
    public long NotBefore
    {
        get => Volatile.Read(ref _notBefore);
        set => Volatile.Write(ref _notBefore, value);
    }

    /// <summary>Begins a full collection, unless one is under way. It runs beside the threads, so that no heap is large enough to stop a loop, unless
    /// somebody waits for it.</summary>
    public bool TryCollect(bool andWait)
    {
        if (Interlocked.Exchange(ref _collecting, 1) != 0)
            return false;
        _started = Now;
        Collect(andWait);
        return true;
    }

    /// <summary>The collection is over.</summary>
    public void End()
    {
        long now = Now;
        NotBefore = now + (now - _started) * (Share - 1);
        Volatile.Write(ref _collecting, 0);
    }

    protected virtual void Collect(bool andWait)
    {
        if (andWait)
        {
            GC.Collect();
            End();
            return;
        }
        LeaveMark();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private void LeaveMark() => _ = new Mark(this);

    /// <summary>Tells by its finalizer that the collection is over: the system has no notice of that.</summary>
    private sealed class Mark(ProbeBudget budget)
    {
        ~Mark() => budget.End();
    }
}

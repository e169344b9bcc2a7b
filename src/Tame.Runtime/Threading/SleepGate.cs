using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>
/// Decides whether a loop sleeps, and wakes it. The loop marks that it sleeps and then checks again everything that other threads change. A thread that changes
/// any of it checks afterward whether the loop sleeps. Both have a full fence in between, so one of them sees the other: rule 3 of docs/threads.md.
/// </summary>
/// <typeparam name="TMemory">How memory is read and written, and how the thread sleeps: the loop's own, or that of a test that tries every order of
/// steps.</typeparam>
internal struct SleepGate<TMemory>
    where TMemory : struct, ISleepMemory
{
    private int _isStopping;
    private int _timeHolds;
    private int _outsideWork;

    /// <summary>The number of tasks in the outside work that run code or are queued to run it.</summary>
    private int _runningTasks;

    public readonly bool IsStopping => TMemory.Read(in _isStopping) != 0;

    /// <summary>The holds that stop virtual time, and keep a run from ending when it has no work.</summary>
    public readonly TimeHolds Holds => new(TMemory.Read(in _timeHolds), TMemory.Read(in _outsideWork), TMemory.Read(in _runningTasks));

    /// <summary>Any thread may call it. It need not wake the loop.</summary>
    public void AddTimeHold() => TMemory.Add(ref _timeHolds, 1);

    /// <summary>Any thread may call it.</summary>
    public void RemoveTimeHold(TMemory memory)
    {
        TMemory.Add(ref _timeHolds, -1);
        WakeUp(memory);
    }

    /// <summary>Any thread may call it. It need not wake the loop.</summary>
    public void AddOutsideWork(bool isRunning)
    {
        if (isRunning)
            TMemory.Add(ref _runningTasks, 1);
        TMemory.Add(ref _outsideWork, 1);
    }

    /// <summary>Any thread may call it.</summary>
    public void RemoveOutsideWork(TMemory memory, bool isRunning)
    {
        if (isRunning)
            TMemory.Add(ref _runningTasks, -1);
        TMemory.Add(ref _outsideWork, -1);
        WakeUp(memory);
    }

    /// <summary>Any thread may call it.</summary>
    public void Stop(TMemory memory)
    {
        TMemory.Exchange(ref _isStopping, 1);
        WakeUp(memory);
    }

    /// <summary>Returns whether the turn of a guest must stop, once for each Stop. Writes made before Stop are visible after this call.</summary>
    public bool TakeStop() => IsStopping && TMemory.Exchange(ref _isStopping, 0) != 0;

    /// <summary>The loop's thread calls it when the run that had to stop has ended.</summary>
    public void ClearStop() => TMemory.Write(ref _isStopping, 0);

    /// <summary>
    /// Wakes the loop if it sleeps. Any thread calls it after a change to what the loop checks. The change must have been an interlocked operation, which is
    /// the required fence.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void WakeUp(TMemory memory)
    {
        if (TryClaimWake(memory))
            memory.Wake();
    }

    /// <summary>Does the same as <see cref="WakeUp"/>, but if it returns true, the caller must wake the loop.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool TryClaimWake(TMemory memory) => TMemory.Read(in memory.Sleeping) != 0 && TMemory.Exchange(ref memory.Sleeping, 0) != 0;

    /// <summary>
    /// Marks that a guest, which no thread is in, sleeps, unless something has arrived for it. Returns false if something has and no other thread has arranged
    /// a turn: then the caller must.
    /// </summary>
    public readonly bool TryLeave(TMemory memory, TimeHolds holds)
    {
        TMemory.Exchange(ref memory.Sleeping, 1);
        return memory.IsInboxEmpty && !IsStopping && Holds == holds || TMemory.Exchange(ref memory.Sleeping, 0) == 0;
    }

    /// <summary>Sleeps until something arrives, unless it has already arrived. The loop's thread calls it.</summary>
    /// <param name="memory">The loop's memory.</param>
    /// <param name="timeout">Milliseconds, or a negative number for no limit.</param>
    /// <param name="holds">The value of <see cref="Holds"/> before the loop decided to sleep. If it has changed, the decision may be different.</param>
    public readonly void Sleep(TMemory memory, int timeout, TimeHolds holds)
    {
        TMemory.Exchange(ref memory.Sleeping, 1);
        if (memory.IsInboxEmpty && !IsStopping && Holds == holds)
            memory.Sleep(timeout);
        TMemory.Write(ref memory.Sleeping, 0);
    }
}

/// <summary>
/// The numbers of holds on virtual time: calls of <see cref="EventLoop.HoldTime"/>, work outside the loop, and the running tasks in that work.
/// </summary>
internal readonly record struct TimeHolds(int Explicit, int Work, int Running)
{
    public bool Any => (Explicit | Work) != 0;
}

/// <summary>The memory that a <see cref="SleepGate{TMemory}"/> shares between threads, and the sleep of its own thread.</summary>
internal interface ISleepMemory
{
    /// <summary>Nonzero while the loop's thread sleeps and no thread has woken it.</summary>
    ref int Sleeping { get; }

    bool IsInboxEmpty { get; }

    /// <summary>Sleeps until <see cref="Wake"/> or the timeout. Only the loop's thread calls it.</summary>
    void Sleep(int timeout);

    /// <summary>Ends the sleep. Any thread may call it.</summary>
    void Wake();

    /// <summary>No later read or write of this thread moves before it.</summary>
    static abstract int Read(ref readonly int place);

    /// <summary>No earlier read or write of this thread moves after it.</summary>
    static abstract void Write(ref int place, int value);

    /// <summary>A full fence, like the next one.</summary>
    static abstract int Exchange(ref int place, int value);

    static abstract int Add(ref int place, int change);
}

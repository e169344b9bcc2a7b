using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>
/// The one place that decides whether a loop sleeps, and that wakes it. The loop says that it sleeps and then looks once more at everything that other threads
/// change; a thread that changes any of it looks afterwards whether the loop sleeps. Both have a full fence between, so one of them sees the other: rule 3 of docs/threads.md.
/// </summary>
/// <typeparam name="TMemory">How memory is read and written, and how the thread sleeps: the loop's own, or that of a test which tries every order of steps.</typeparam>
internal struct SleepGate<TMemory>
    where TMemory : struct, ISleepMemory
{
    private int _isStopping;
    private int _timeHolds;
    private int _outsideWork;

    /// <summary>Of the outside work, tasks that run code of theirs or are queued for that.</summary>
    private int _runningTasks;

    public readonly bool IsStopping => TMemory.Read(in _isStopping) != 0;

    /// <summary>What holds virtual time, and keeps a run from ending for want of work.</summary>
    public readonly TimeHolds Holds => new(TMemory.Read(in _timeHolds), TMemory.Read(in _outsideWork), TMemory.Read(in _runningTasks));

    /// <summary>Any thread. Nothing that has to wake the loop.</summary>
    public void AddTimeHold() => TMemory.Add(ref _timeHolds, 1);

    /// <summary>Any thread.</summary>
    public void RemoveTimeHold(TMemory memory)
    {
        TMemory.Add(ref _timeHolds, -1);
        WakeUp(memory);
    }

    /// <summary>Any thread. Nothing that has to wake the loop.</summary>
    public void AddOutsideWork(bool isRunning)
    {
        if (isRunning)
            TMemory.Add(ref _runningTasks, 1);
        TMemory.Add(ref _outsideWork, 1);
    }

    /// <summary>Any thread.</summary>
    public void RemoveOutsideWork(TMemory memory, bool isRunning)
    {
        if (isRunning)
            TMemory.Add(ref _runningTasks, -1);
        TMemory.Add(ref _outsideWork, -1);
        WakeUp(memory);
    }

    /// <summary>Any thread.</summary>
    public void Stop(TMemory memory)
    {
        TMemory.Exchange(ref _isStopping, 1);
        WakeUp(memory);
    }

    /// <summary>
    /// The turn of a guest: whether it shall stop, once for each time that it was told so. What was written before Stop is read behind this.
    /// </summary>
    public bool TakeStop() => IsStopping && TMemory.Exchange(ref _isStopping, 0) != 0;

    /// <summary>The loop's thread: the run that was to stop is over.</summary>
    public void ClearStop() => TMemory.Write(ref _isStopping, 0);

    /// <summary>
    /// Wakes the loop if it sleeps. Any thread, behind its change to what the loop looks at. The change has been an interlocked operation, which is the fence
    /// that this needs.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void WakeUp(TMemory memory)
    {
        if (TryClaimWake(memory))
            memory.Wake();
    }

    /// <summary>As <see cref="WakeUp"/>, but leaves it to the caller to wake the loop where this is true.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool TryClaimWake(TMemory memory) => TMemory.Read(in memory.Sleeping) != 0 && TMemory.Exchange(ref memory.Sleeping, 0) != 0;

    /// <summary>
    /// A guest, which no thread has entered any longer: says that it sleeps, unless something is there for it. False where it is, and no other thread has seen
    /// to a turn: the caller does.
    /// </summary>
    public readonly bool TryLeave(TMemory memory, TimeHolds holds)
    {
        TMemory.Exchange(ref memory.Sleeping, 1);
        return memory.IsInboxEmpty && !IsStopping && Holds == holds || TMemory.Exchange(ref memory.Sleeping, 0) == 0;
    }

    /// <summary>The loop's thread: sleeps until something comes, unless it is there already.</summary>
    /// <param name="memory">The loop's memory.</param>
    /// <param name="timeout">Milliseconds, or a negative number for no limit.</param>
    /// <param name="holds">What <see cref="Holds"/> said before the loop decided to sleep: when it says something else, the decision may be another one.</param>
    public readonly void Sleep(TMemory memory, int timeout, TimeHolds holds)
    {
        TMemory.Exchange(ref memory.Sleeping, 1);
        if (memory.IsInboxEmpty && !IsStopping && Holds == holds)
            memory.Sleep(timeout);
        TMemory.Write(ref memory.Sleeping, 0);
    }
}

/// <summary>How many hold virtual time: calls of <see cref="EventLoop.HoldTime"/>, work outside of the loop, and of that work the tasks that run.</summary>
internal readonly record struct TimeHolds(int Explicit, int Work, int Running)
{
    public bool Any => (Explicit | Work) != 0;
}

/// <summary>The memory that a <see cref="SleepGate{TMemory}"/> shares between threads, and the sleep of its own thread.</summary>
internal interface ISleepMemory
{
    /// <summary>Not zero while the loop's thread sleeps and nobody has woken it.</summary>
    ref int Sleeping { get; }

    bool IsInboxEmpty { get; }

    /// <summary>Sleeps until <see cref="Wake"/> or the time is over. The loop's thread only.</summary>
    void Sleep(int timeout);

    /// <summary>Ends the sleep. Any thread.</summary>
    void Wake();

    /// <summary>No read or write of this thread behind it is done before it.</summary>
    static abstract int Read(ref readonly int place);

    /// <summary>No read or write of this thread before it is done behind it.</summary>
    static abstract void Write(ref int place, int value);

    /// <summary>A full fence, as the next one is.</summary>
    static abstract int Exchange(ref int place, int value);

    static abstract int Add(ref int place, int change);
}

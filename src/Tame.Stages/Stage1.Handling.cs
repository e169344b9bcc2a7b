using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame.Stages;

/// <summary>Calls the handler: decides which thread may begin a call, and what happens at its end.</summary>
public sealed partial class Stage<T>
{
    private LoopRunner<T>[] _loops = [];
    private ThreadCrew<T>? _crew;
    private readonly int _concurrency;
    private readonly int _threads;

    /// <summary>The largest number of running calls; zero while the stage is paused.</summary>
    private volatile int _limit;
    private Slots<RealMemory> _calls;
    private int _turn;
    private volatile int _batchSize;

    internal StageWork<T> Work => _work;

    internal StageClock Clock => _clock;

    /// <summary>Whether there is an entry that could begin.</summary>
    internal bool HasQueued => Queued > 0;

    /// <summary>Whether a call could begin.</summary>
    internal bool HasSlot => _calls.Taken < _limit;

    internal bool HasEnded => _state == Ended;

    /// <summary>Takes the right to a call of the handler.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryBegin() => _calls.TryTake(_limit);

    /// <summary>Takes the right to calls for a thread. Only the number of threads limits it.</summary>
    internal void BeginThread() => _calls.Take();

    /// <summary>Gives back the right to a call.</summary>
    internal void EndSlot()
    {
        int left = _calls.Release();
        if (left == 0 && _state == Stopping)
            TryEnd(isForced: false);
    }

    /// <summary>A call has ended, on the runner's thread.</summary>
    internal void Finish(Runner<T> runner, in Entry<T> entry, Exception? error)
    {
        FinishItem(runner, entry, error, entry.Began);
        runner.CallEnded();
    }

    /// <summary>A call for several items has ended, on the runner's thread.</summary>
    internal void FinishBatch(Runner<T> runner, StageBatch<T> batch, Exception? error)
    {
        for (int i = 0; i < batch.Count; i++)
            FinishItem(runner, batch.At(i), error, batch.Began);
        runner.Measures.Batches++;
        StageMeters.RecordBatch(this, batch.Count);
        batch.Clear();
        runner.CallEnded();
    }

    /// <summary>Fails the event of an item. Without an event, the failure is unhandled.</summary>
    internal void FailItem(Event done, Exception error)
    {
        if (done == default || done == Event.Detached)
            DetachedEvent.Fail(DetachedEvent.Detached, error, LoopThread.Current ?? _home);
        else
            done.Fail(error);
    }

    /// <summary>Fails one item of a batch.</summary>
    internal void FailAlone(Event done, Exception error)
    {
        Interlocked.Increment(ref _failedAlone);
        FailItem(done, error);
    }

    private void FinishItem(Runner<T> runner, in Entry<T> entry, Exception? error, long began)
    {
        runner.Measures.Completed++;
        if (entry.Weight != 0)
            FinishTimed(runner, entry, began);
        if (entry.Line is { } line)
            ReleaseLine(line);
        if (entry.IsTold)
            return;
        if (error is null)
        {
            entry.Done.Trigger();
            return;
        }
        runner.Measures.Failed++;
        FailItem(entry.Done, error is LostEventException lost ? StageErrors.Dropped(Name, lost) : error);
    }

    private void FinishTimed(Runner<T> runner, in Entry<T> entry, long began)
    {
        long now = _clock.Now;
        Record(runner.Measures, entry, began, now);
        if (_admission is { } admission)
            Observe(admission, entry, now);
    }

    private void Observe(IAdmissionController admission, in Entry<T> entry, long now)
    {
        try
        {
            lock (admission)
                admission.Observe(entry.Class, StageClock.Span(now - entry.Arrived), StageClock.Span(now));
        }
        catch (Exception error)
        {
            FailItem(default, error);
        }
    }

    /// <summary>Begins a call on the stack of this thread, if it is the thread of a loop of the stage and no other item comes first.</summary>
    private LoopRunner<T>? BeginHere(KeyLine<T>? line = null)
    {
        if (FindHere() is not { IsEnding: false } runner || _waiters.Count != 0 || Queued != 0 || Checkpoint.IsReached || !TryBegin())
            return null;
        if (_state == Open && (line is null || TakeLine(line)))
            return runner;
        EndSlot();
        return null;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private LoopRunner<T>? FindHere()
    {
        var loops = _loops;
        if (loops.Length == 1)
            return LoopThread.HasEntered(loops[0].Loop) ? loops[0] : null;
        return FindFair(loops);
    }

    /// <summary>With several loops, each takes at most its share at once, so that the others get theirs.</summary>
    private LoopRunner<T>? FindFair(LoopRunner<T>[] loops)
    {
        foreach (var runner in loops)
        {
            if (LoopThread.HasEntered(runner.Loop))
                return runner.Active < Math.Max(1, _limit / loops.Length) ? runner : null;
        }
        return null;
    }

    private bool TakeLine(KeyLine<T> line)
    {
        lock (_gate)
        {
            if (line.IsBusy)
                return false;
            return line.IsBusy = true;
        }
    }

    /// <summary>An item was queued: wakes the idle thread that was chosen for it, or a loop, to handle it.</summary>
    internal void Wake(ThreadRunner<T>? idle)
    {
        if (idle is not null)
            idle.Wake();
        else if (_loops.Length == 1)
            Schedule(_loops[0]);
        else if (_loops.Length != 0)
            ScheduleNext();
    }

    private void Schedule(LoopRunner<T> runner)
    {
        if (HasSlot)
            runner.Schedule();
    }

    private void ScheduleNext()
    {
        var loops = _loops;
        uint first = (uint)Interlocked.Increment(ref _turn);
        for (uint i = 0; i < loops.Length; i++)
        {
            var runner = loops[(first + i) % (uint)loops.Length];
            if (!runner.IsScheduled)
            {
                Schedule(runner);
                return;
            }
        }
    }
}

using System.Diagnostics;
using Tame.CompilerServices;

namespace Tame;

/// <summary>
/// The end of a loop: its calls clean up, and all that waits for it, on whatever thread, is told. docs/runtime.md has a table of what is told what.
/// </summary>
internal sealed class LoopEnd(EventLoop loop, ExitBehavior behavior, TimeSpan timeout)
{
    private const int Named = 8;

    /// <summary>Which cancellations are the loop's own.</summary>
    public readonly OwnCancellations Cancellations = new();

    /// <summary>Calls that were under way when the loop began to end and have not got their exception: most are blocked, the others when they block next.</summary>
    private HashSet<Closure>? _toCancel;

    /// <summary>The time of the system, in milliseconds, when the calls have had enough: the loop's own clock may stand still.</summary>
    private long _due = long.MaxValue;

    /// <summary>Completes when the calls have had enough time by a virtual clock; null where none is cancelled.</summary>
    private MainEvent? _enough;
    private long _stepBegan = Stopwatch.GetTimestamp();

    /// <summary>Milliseconds until the calls are abandoned; negative for never.</summary>
    public long TimeLeft => _due == long.MaxValue ? Timeout.Infinite : Math.Max(0, _due - Environment.TickCount64);

    /// <summary>Calls are under way that have not ended.</summary>
    public bool HasCalls => loop.Calls.BlockedCount != 0 || ReadyCalls().Any();

    /// <summary>No call is left that was cancelled, or the time that calls get to clean up is over.</summary>
    public bool HasEnough => _enough is null || !HasCalls || TimeLeft == 0 || _enough.IsComplete;

    /// <summary>Ends the loop, on its own thread or, where that has ended, on another.</summary>
    public void Run()
    {
        var current = LoopThread.Current;
        var hidden = current?.Shared.HideStack();
        LoopThread.Current = loop;
        loop.EndScheduling();
        if (behavior == ExitBehavior.Cancel && loop.IsOwnThread)
            CancelCalls();
        AbandonAndTell();
        var unread = Close();
        if (loop.IsOwnThread)
            LoopThread.Remove(loop);
        LoopThread.Current = ReferenceEquals(current, loop) ? LoopThread.Newest : current;
        current?.Shared.ShowStack(hidden!.Value);
        DropRest(unread);
    }

    /// <summary>
    /// 1. Calls that are under way get an OperationCanceledException each, once, and time to clean up. False where no call is. As often as
    /// <see cref="HasEnough"/> says no, a pass follows.
    /// </summary>
    public bool BeginToCancel()
    {
        _stepBegan = Stopwatch.GetTimestamp();
        if (behavior != ExitBehavior.Cancel)
            return false;
        _toCancel = CallsUnderWay();
        if (_toCancel.Count == 0)
            return false;
        _enough = new MainEvent(loop);
        if (timeout != Timeout.InfiniteTimeSpan)
        {
            _due = Environment.TickCount64 + (long)timeout.TotalMilliseconds;
            if (loop.IsVirtual)
                loop.Timers.Trigger(_enough.Make(), timeout);
        }
        CancelThoseBlocked();
        CancelThoseDeferred();
        return true;
    }

    /// <summary>The calls have ended, or have had enough time.</summary>
    public void FinishCancelling()
    {
        _enough?.Cancel();
        if (_enough is not null && HasCalls)
            loop.OnUnhandled(StillThere());
        _toCancel = null;
        Record("cancel");
    }

    /// <summary>
    /// 2. Calls that are left never resume; their events are complete. 3. Hooks on events that are still pending are told, and with them other loops and threads;
    /// and then what waits without an event.
    /// </summary>
    public void AbandonAndTell()
    {
        AbandonCalls();
        Record("abandon");
        AdapterHook.CallAll(loop);
        EndListener.TellAll(loop);
        loop.DrainChain();
        Record("tell");
    }

    /// <summary>4. From here on nothing can be sent: rule 10 of docs/threads.md. Returns what was sent before and not read.</summary>
    public MessageList Close()
    {
        loop.IsEnded = true;
        var unread = loop.Inbox.Close();
        loop.CloseTables();
        return unread;
    }

    /// <summary>5. Messages that were sent, and work that is ready, are dropped, each in its own way. 6. Timers of the loop's TimeProvider call back a last time.</summary>
    public void DropRest(MessageList unread)
    {
        if (loop.IsListed)
            LiveLoops.Remove(loop);
        Record("close");
        loop.Leftovers.RunFirst(() => Drop(unread));
        loop.EndClock();
        loop.Failures.LogFatal();
        Record("drop");
    }

    /// <summary>Cancels the waits of calls that have not got their exception. In a pass it comes before what can wake them again.</summary>
    public void CancelThoseBlocked()
    {
        if (_toCancel is not { Count: > 0 } left)
            return;
        var blocked = loop.BlockedCalls();
        for (int i = blocked.Count - 1; i >= 0; i--)
        {
            if (blocked[i].IsBlocked && left.Remove(blocked[i]))
                blocked[i].CancelWait();
        }
    }

    /// <summary>Cancels calls, and goes on as usual until no call is left, so that a <c>finally</c> may wait. Stop, and the end of the time for it, leave the others as they are.</summary>
    private void CancelCalls()
    {
        if (loop.Calls.Held == 0 && !ReadyCalls().Any())
            return;
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(loop.SynchronizationContext);
        loop.IsRunning = true;
        loop.BusyTime.Begin();
        loop.Home.Set(loop.Thread);
        RunOn();
        FinishCancelling();
        loop.IsRunning = false;
        loop.BusyTime.End();
        SynchronizationContext.SetSynchronizationContext(before);
    }

    private void RunOn()
    {
        try
        {
            bool isStuck = !BeginToCancel();
            while (!isStuck && !HasEnough && !loop.IsStopping)
                isStuck = !loop.PassOrIdle(_enough);
        }
        catch (Exception error)
        {
            loop.OnUnhandled(error);         // the loop cannot sleep, for want of a descriptor
        }
    }

    private void Record(string step) => _stepBegan = LoopMetrics.RecordShutdown(loop, step, _stepBegan);

    /// <summary>Calls that have not begun have nothing to clean up. Their callers have been cancelled before, so that they do not get a second exception.</summary>
    private void CancelThoseDeferred()
    {
        for (int left = loop.Ready.Count; left > 0; left--)
        {
            var work = loop.Ready.Take();
            if (work is Closure { IsDeferred: true } call && _toCancel!.Remove(call))
                call.CancelStart();
            else
                loop.AddReady(work);
        }
    }

    private HashSet<Closure> CallsUnderWay() => [.. loop.BlockedCalls(), .. ReadyCalls()];

    private IEnumerable<Closure> ReadyCalls()
    {
        for (int i = 0; i < loop.Ready.Count; i++)
        {
            if (loop.Ready[i] is Closure call)
                yield return call;
        }
    }

    private TimeoutException StillThere()
    {
        var left = CallsUnderWay();
        string names = string.Join(", ", left.Take(Named).Select(call => $"{call.Type.Method} at {call.Type.File}:{call.Line}"));
        string more = left.Count > Named ? $" and {left.Count - Named} more" : "";
        return new TimeoutException($"The event loop ends and abandons calls that were cancelled and have not ended: {names}{more}. EventLoopOptions.ExitTimeout is the time that calls get to clean up.");
    }

    /// <summary>Cancels the events of all calls that are still blocked, or ready and not run; their bodies do not resume.</summary>
    private void AbandonCalls()
    {
        loop.Main?.Cancel();
        while (loop.Calls.Invoked is { } invocation)
            invocation.Cancel(default);
        do
        {
            loop.DrainChain();
            var blocked = loop.BlockedCalls();
            for (int i = blocked.Count - 1; i >= 0; i--)
            {
                if (!blocked[i].IsBlocked)
                    continue;
                loop.Calls.Unblock(blocked[i]);
                Abandon(blocked[i]);
            }
        }
        while (AbandonReadyCalls() || !loop.Completions.IsEmpty);
    }

    /// <summary>Leaves in the ready queue what is no call. True when there was a call.</summary>
    private bool AbandonReadyCalls()
    {
        bool any = false;
        for (int left = loop.Ready.Count; left > 0; left--)
        {
            var work = loop.Ready.Take();
            if (work is Closure call)
            {
                Abandon(call);
                any = true;
            }
            else
            {
                loop.AddReady(work);
            }
        }
        return any;
    }

    private void Abandon(Closure call)
    {
        loop.Calls.Remove(call);
        call.MarkCaptured();
        call.AbandonEvents();
        loop.Pools.NoteGone(call.Type.Pool);
    }

    /// <summary>Tells what was ready, and what came too late, that it will not run here.</summary>
    private void Drop(MessageList unread)
    {
        while (unread.TryTake(out var message))
        {
            if (message is PostedWork)
                loop.AddReady(message);
            else
                message.Drop(loop);
        }
        while (loop.Ready.Count != 0)
            loop.Ready.Take().Drop(loop);
        loop.Failures.LogFatal();
    }
}

using System.Diagnostics;
using Tame.CompilerServices;

namespace Tame;

/// <summary>
/// The end of a loop: its calls clean up, and everything that waits for the loop, on any thread, is notified. docs/runtime.md has a table of these
/// notifications.
/// </summary>
internal sealed class LoopEnd(EventLoop loop, ExitBehavior behavior, TimeSpan timeout)
{
    private const int Named = 8;

    /// <summary>Which cancellations are the loop's own.</summary>
    public readonly OwnCancellations Cancellations = new();

    /// <summary>
    /// Calls that were in progress when the loop began to end and have not received their exception. Most are waiting; the others receive it at their next
    /// wait.
    /// </summary>
    private HashSet<Closure>? _toCancel;

    /// <summary>When the time for the calls is up, in milliseconds of the system's clock, because the loop's own clock may stand still.</summary>
    private long _due = long.MaxValue;

    /// <summary>Completes when the time for the calls is up by a virtual clock. Null if no call is cancelled.</summary>
    private MainEvent? _enough;
    private long _stepBegan = Stopwatch.GetTimestamp();

    /// <summary>Milliseconds until the calls are abandoned; negative for never.</summary>
    public long TimeLeft => _due == long.MaxValue ? Timeout.Infinite : Math.Max(0, _due - Environment.TickCount64);

    /// <summary>True if calls have not ended.</summary>
    public bool HasCalls => loop.Calls.BlockedCount != 0 || ReadyCalls().Any();

    /// <summary>True if no cancelled call is left, or the time for cleaning up is over.</summary>
    public bool HasEnough => _enough is null || !HasCalls || TimeLeft == 0 || _enough.IsComplete;

    /// <summary>Ends the loop, on its own thread or, if that has ended, on another.</summary>
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
    /// 1. Calls in progress each get one OperationCanceledException, and time to clean up. Returns false if there are none. A pass follows as long as
    /// <see cref="HasEnough"/> is false.
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

    /// <summary>The calls have ended, or their time is up.</summary>
    public void FinishCancelling()
    {
        _enough?.Cancel();
        if (_enough is not null && HasCalls)
            loop.OnUnhandled(StillThere());
        _toCancel = null;
        Record("cancel");
    }

    /// <summary>
    /// 2. Remaining calls never resume; their events are complete. 3. Hooks on events that are still pending are called, and with them other loops and threads
    /// are notified. Then everything that waits without an event is notified.
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

    /// <summary>4. From here on nothing can be sent: rule 10 of docs/threads.md. Returns the messages that were sent before and not read.</summary>
    public MessageList Close()
    {
        loop.IsEnded = true;
        var unread = loop.Inbox.Close();
        loop.CloseTables();
        return unread;
    }

    /// <summary>
    /// 5. Messages that were sent, and work that is ready, are dropped, each in its own way. 6. Timers of the loop's TimeProvider call back one last time.
    /// </summary>
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

    /// <summary>Cancels the waits of calls that have not received their exception. In a pass, it runs before anything that can wake them again.</summary>
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

    /// <summary>
    /// Cancels calls, and runs normally until no call is left, so that a <c>finally</c> may wait. Stop, or the end of the time limit, leaves the remaining
    /// calls unchanged.
    /// </summary>
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
            loop.OnUnhandled(error);         // the loop cannot sleep, because it has no descriptor
        }
    }

    private void Record(string step) => _stepBegan = LoopMetrics.RecordShutdown(loop, step, _stepBegan);

    /// <summary>Calls that have not begun have nothing to clean up. Their callers were cancelled before, so that they do not get a second exception.</summary>
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
        return new TimeoutException($"The event loop is ending and abandons calls that were cancelled and have not ended: {names}{more}. To give calls more time to clean up, raise EventLoopOptions.ExitTimeout.");
    }

    /// <summary>Cancels the events of all calls that still wait, or are ready and have not run. Their bodies do not resume.</summary>
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

    /// <summary>Leaves in the ready queue everything that is not a call. Returns true if there was a call.</summary>
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

    /// <summary>Notifies ready work, and messages that came too late, that they will not run here.</summary>
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

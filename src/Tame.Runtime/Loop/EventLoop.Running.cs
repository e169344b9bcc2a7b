using System.Diagnostics;
using Tame.CompilerServices;

namespace Tame;

/// <summary>How a run begins on its thread, and how the loop ends.</summary>
public sealed partial class EventLoop
{
    private int _isEndingElsewhere;
    private MainEvent? _main;

    /// <summary>The execution context of the run, which every call and action begins with unless it brings its own.</summary>
    internal ExecutionContext? Home { get; private set; }

    /// <summary>What <see cref="ThreadContext.Mark"/> says while the context is <see cref="Home"/>.</summary>
    private ExecutionContext? _homeMark;

    /// <summary>A loop that has ended, for events that belong to none.</summary>
    internal static EventLoop Nowhere() => new(LoopClock.Stopped);

    /// <summary>Reports what no event could take. Without a handler that takes it, the run ends with it.</summary>
    internal void OnUnhandled(Exception error)
    {
        if (IsOwnCancellation(error))
            return;
        CallTrace.Publish(error);
        var arguments = new TameUnhandledEventArgs(error);
        Exception? thrown = null;
        try
        {
            UnhandledException?.Invoke(this, arguments);
        }
        catch (Exception second)
        {
            thrown = second;
        }
        if (!arguments.Handled)
            AddFatal(error);
        if (thrown is not null)
            AddFatal(thrown);
    }

    /// <summary>While the loop ends, no failure keeps other calls from cleaning up.</summary>
    private void AddFatal(Exception error)
    {
        if (_isEnding)
            Log(error);
        else
            (_fatal ??= []).Add(FailureGroup.Leaving(error));
    }

    /// <summary>Throws what the run ends with: the failure of main's event, else what came first and nothing handled. The others are beside it.</summary>
    [StackTraceHidden]
    private void ThrowFatal(MainEvent? end = null)
    {
        if (_fatal is null && end?.Error is null)
            return;
        var failures = _fatal ?? [];
        _fatal = null;
        if (end?.Error is { } error)
            failures.Insert(0, error);
        FailureGroup.Throw(FailureGroup.Join(failures));
    }

    private SynchronizationContext? Begin()
    {
        ObjectDisposedException.ThrowIf(IsEnded, this);
        if (!IsOwnThread)
            throw Errors.WrongThread(this);
        if (LoopThread.Current is { _running: true })
            throw Errors.NestedLoop();
        var before = SynchronizationContext.Current;
        LoopThread.Current = this;
        SynchronizationContext.SetSynchronizationContext(_context);
        _running = true;
        _coarse = _clock.Coarse;
        SetHome();
        NoteStack();
        LoopThread.Began(this);
        return before;
    }

    private void Finish(SynchronizationContext? before)
    {
        _running = false;
        _shared.StackSpan = 0;
        LoopThread.Finished(this);
        LoopThread.Current = LoopThread.Newest;
        SynchronizationContext.SetSynchronizationContext(before);
    }

    private void SetHome()
    {
        Home = ExecutionContext.Capture();
        _homeMark = ThreadContext.Mark(Thread);
    }

    private void End()
    {
        var current = LoopThread.Current;
        var hidden = current?.HideStack() ?? 0;
        LoopThread.Current = this;
        _isEnding = true;
        if (_onExit == ExitBehavior.Cancel && IsOwnThread)
            CancelCalls();
        AbandonCalls();
        AdapterHook.CallAll(this);
        DrainChain();
        IsEnded = true;
        var unread = Inbox.Close();
        ClearPools();
        _descriptors?.Dispose();
        _signals?.Dispose();
        if (IsOwnThread)
            LoopThread.Remove(this);
        LoopThread.Current = ReferenceEquals(current, this) ? LoopThread.Newest : current;
        current?.ShowStack(hidden);
        Leftovers.RunFirst(() => DropUnrun(unread));
        _clock.End(this);
        DropForeignEvents();
        LogFatal();
    }

    /// <summary>Timers and <c>asap</c> may hold events of other loops, which would seem to be in reach as long as somebody keeps this loop.</summary>
    private void DropForeignEvents()
    {
        _timers = new TimerQueue<TimerAction>();
        _asap = new EventBatch();
    }

    /// <summary>Tells what was ready, and what came too late, that it will not run here.</summary>
    private void DropUnrun(MessageList unread)
    {
        while (unread.TryTake(out var message))
        {
            if (message is PostedWork)
                _ready.Add(message);
            else
                message.Drop(this);
        }
        while (_ready.Count != 0)
            _ready.Take().Drop(this);
        LogFatal();
    }

    /// <summary>
    /// The loop's thread may have ended without Dispose, and then nobody can run the loop any more: a thread of the pool ends it, so that whoever
    /// waits for it is told. No body resumes then. Any thread may call it.
    /// </summary>
    internal void EndIfThreadHasEnded()
    {
        if (Thread.IsAlive || Interlocked.Exchange(ref _isEndingElsewhere, 1) != 0)
            return;
        ThreadPool.UnsafeQueueUserWorkItem(
            static loop =>
            {
                if (!loop.IsEnded)
                    loop.End();
            },
            this,
            preferLocal: false);
    }

    internal void LogFatal()
    {
        foreach (var error in _fatal ?? [])
            Log(error);
        _fatal = null;
    }

    private static void Log(Exception error) => TameEventSource.Log.UnhandledAtExit(FailureGroup.Arrived(error).ToString());

    /// <summary>Cancels the events of all calls that are still blocked, or ready and not run; their bodies do not resume.</summary>
    private void AbandonCalls()
    {
        _main?.Cancel();
        while (_invoked is { } invocation)
            invocation.Cancel(default);
        do
        {
            DrainChain();
            var blocked = BlockedCalls();
            for (int i = blocked.Count - 1; i >= 0; i--)
            {
                if (!blocked[i].IsBlocked)
                    continue;
                Unblock(blocked[i]);
                Abandon(blocked[i]);
            }
        }
        while (AbandonReadyCalls() || _chain.Count != 0);
    }

    /// <summary>Leaves in the ready queue what is no call. True when there was a call.</summary>
    private bool AbandonReadyCalls()
    {
        bool any = false;
        for (int left = _ready.Count; left > 0; left--)
        {
            var work = _ready.Take();
            if (work is Closure call)
            {
                Abandon(call);
                any = true;
            }
            else
            {
                _ready.Add(work);
            }
        }
        return any;
    }

    private void Abandon(Closure call)
    {
        Remove(call);
        call.MarkCaptured();
        call.AbandonEvents();
        NoteGone(call.Type.Pool);
    }
}

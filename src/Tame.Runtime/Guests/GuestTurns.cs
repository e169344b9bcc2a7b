using System.Diagnostics;

namespace Tame.Guests;

/// <summary>
/// The turns of a guest loop: which code may run one, how it ends, and what happens between two turns. At most one turn runs or is scheduled. The loop's
/// <c>Sleeping</c> is set while neither is the case, and the code that resets it schedules the next turn.
/// </summary>
internal sealed class GuestTurns(EventLoop loop, EventLoopHost host) : IThreadPoolWorkItem
{
    /// <summary>A turn that has run for this time releases its thread, and the loop continues in another turn.</summary>
    private static readonly long s_budget = Stopwatch.Frequency / 1000;

    /// <summary>The number of passes between two readings of the clock.</summary>
    private const int PassesPerLook = 4;

    /// <summary>The maximum number of passes of a loop that ends without its host.</summary>
    private const int MostLastPasses = 10_000;

    /// <summary>Not zero while a turn runs.</summary>
    private int _isInTurn;
    private volatile bool _isCutShort;
    private Exception? _failure;

    /// <summary>Keeps the loop in memory while the next turn depends on something outside.</summary>
    private GuestRoot _root;
    private GuestAlarm? _alarm;
    private GuestDescriptors? _descriptors;

    private GuestEnd? _end;
    private volatile bool _isOver;
    private Links<GuestTurns> _links;

    public EventLoop Loop => loop;

    /// <summary>The end of the loop, for code that waits for it. Created on first use.</summary>
    public GuestEnd End
    {
        get
        {
            if (Volatile.Read(ref _end) is { } made)
                return made;
            var fresh = new GuestEnd(this);
            var end = Interlocked.CompareExchange(ref _end, fresh, null) ?? fresh;
            if (_isOver)
                end.Complete(_failure);
            return end;
        }
    }

    private enum Outcome
    {
        Idle,
        Again,
        Over,
    }

    /// <summary>Runs a turn on the thread pool, and the turns that follow from it.</summary>
    public void Execute() => PoolTurns.Run(this);

    /// <summary>Runs a turn. False if one already runs. The library's hosts then do nothing, because that turn sees all work before it ends.</summary>
    public bool TryRun()
    {
        if (Interlocked.Exchange(ref _isInTurn, 1) != 0)
            return false;
        if (loop.IsEnded)
        {
            Volatile.Write(ref _isInTurn, 0);
            return true;
        }
        Volatile.Write(ref loop.Sleeping, 0);       // this is the scheduled turn
        Outcome outcome;
        var unread = default(MessageList);
        var failure = _failure;
        using (new TurnScope(loop))
        {
            outcome = RunTurn();
            if (outcome == Outcome.Over)
                unread = EndInTurn();
        }
        if (!ReferenceEquals(failure, _failure))
            TellHost();
        if (outcome == Outcome.Over)
            Finish(unread);
        else
            Leave(outcome);
        return true;
    }

    /// <summary>Schedules a turn, because the loop has work and no turn runs or is scheduled. Any thread may call it, except that of a finalizer.</summary>
    public void Schedule()
    {
        try
        {
            host.Schedule(loop);
        }
        catch (Exception error)
        {
            _failure ??= error;
            End.Begin(TimeSpan.Zero);
            ThreadPool.UnsafeQueueUserWorkItem(static turns => turns.TryEndHere(), this, preferLocal: false);
        }
    }

    /// <summary>
    /// Does the same as <see cref="Schedule"/> on the thread pool, for callers on the finalizer thread: an exception of the host there would end the
    /// process.
    /// </summary>
    public void ScheduleElsewhere() =>
        ThreadPool.UnsafeQueueUserWorkItem(static turns => turns.Schedule(), this, preferLocal: false);

    /// <summary>
    /// Runs a turn at once if this code runs where the host runs turns, and no loop is current on this thread: nested turns would deepen the stack.
    /// </summary>
    public bool TryEnter()
    {
        if (LoopThread.Current is not null || !host.IsHere || Volatile.Read(ref loop.Sleeping) == 0 || Interlocked.Exchange(ref loop.Sleeping, 0) == 0)
            return false;
        if (!TryRun())
            Schedule();
        return true;
    }

    /// <summary>Begins the end. Any thread may call it, any number of times.</summary>
    public Task Stop(CancellationToken cancellationToken)
    {
        var end = End;
        end.Begin(loop.ExitTimeout);
        loop.RequestStop();
        if (!end.Over.IsCompleted && cancellationToken.CanBeCanceled)
            end.CutShortWith(cancellationToken);
        return end.Over;
    }

    /// <summary>Ends the time for calls to clean up. Any thread may call it.</summary>
    public void CutShort()
    {
        _isCutShort = true;
        loop.RequestStop();
    }

    /// <summary>Ends the loop on this thread, outside the host, because the host runs no turn. False if a turn runs.</summary>
    public bool TryEndHere()
    {
        if (Interlocked.Exchange(ref _isInTurn, 1) != 0)
            return false;
        if (loop.IsEnded)
        {
            Volatile.Write(ref _isInTurn, 0);
            return true;
        }
        MessageList unread;
        using (new TurnScope(loop))
        {
            BeginEnd();
            CleanUpWithoutWaits(loop.LoopEnd!);
            unread = EndInTurn();
        }
        Finish(unread);
        return true;
    }

    private Outcome RunTurn()
    {
        bool wasEnding = loop.LoopEnd is not null;
        try
        {
            var outcome = RunPasses();
            if (outcome == Outcome.Idle)
                PrepareToIdle();
            return outcome;
        }
        catch (Exception error)
        {
            _failure ??= error;         // the system refuses a file descriptor
            BeginEnd();
            return wasEnding ? Outcome.Over : Outcome.Again;
        }
    }

    private Outcome RunPasses()
    {
        long due = 0, began = loop.Coarse;
        for (int passes = 1; ; passes++)
        {
            if (loop.TakeStop())
                BeginEnd();
            if (loop.LoopEnd is { } end && (_isCutShort || end.HasEnough))
                return Outcome.Over;
            bool ran = loop.MakePass();
            if (loop.Failures.IsFatal)
            {
                _failure = loop.Failures.Take();
                BeginEnd();
                continue;
            }
            if (!ran && !loop.MayGoOn())
                return Outcome.Idle;
            if (loop.Coarse != began)
                return Outcome.Again;
            if (passes % PassesPerLook != 0)
                continue;
            PoolTurns.LetGo();
            long now = Stopwatch.GetTimestamp();
            if (due == 0)
                due = now + s_budget;
            else if (now >= due)
                return Outcome.Again;
        }
    }

    private void BeginEnd()
    {
        if (loop.LoopEnd is null)
            loop.BeginEndOfGuest();
    }

    /// <summary>Lets calls clean up as far as they do not wait, because no further turn comes.</summary>
    private void CleanUpWithoutWaits(LoopEnd end)
    {
        try
        {
            for (int passes = 0; passes < MostLastPasses && end.HasCalls && loop.MakePass(); passes++)
            {
            }
        }
        catch (Exception error)
        {
            _failure ??= error;
        }
    }

    private MessageList EndInTurn()
    {
        var end = loop.LoopEnd!;
        end.FinishCancelling();
        end.AbandonAndTell();
        return end.Close();
    }

    /// <summary>Finishes the end, after the loop has closed its inbox and nothing new can reach it.</summary>
    private void Finish(MessageList unread)
    {
        _alarm?.Dispose();
        _descriptors?.Dispose();
        loop.LoopEnd!.DropRest(unread);
        _root.Release(this);
        Volatile.Write(ref _isInTurn, 0);
        _isOver = true;
        Interlocked.MemoryBarrier();
        _end?.Complete(_failure);
    }

    /// <summary>Arranges that timers, file descriptors, and other changes from outside lead to a turn.</summary>
    private void PrepareToIdle()
    {
        loop.LookAfterTurn();
        if (loop.HasDescriptorWaiters)
            (_descriptors ??= new GuestDescriptors(this)).Arm();
        long left = loop.TimeUntilTurn();
        if (left >= 0 || _alarm is not null)
            (_alarm ??= new GuestAlarm(loop)).Set(left);
        _root.Set(this, loop.HasWaits);
        loop.AskForProbe();
    }

    private void Leave(Outcome outcome)
    {
        var holds = loop.HoldsAtTurn;
        Volatile.Write(ref _isInTurn, 0);
        if (outcome == Outcome.Again || !loop.TryLeave(holds))
            Schedule();
    }

    private void TellHost()
    {
        try
        {
            host.OnUnhandled(loop, _failure!);
        }
        catch (Exception error)
        {
            UnhandledFailures.Log(error);
        }
    }

    /// <summary>The links of a guest in the list of its stripe.</summary>
    internal readonly struct InStripe : ILinks<GuestTurns>
    {
        public static ref Links<GuestTurns> Of(GuestTurns item) => ref item._links;
    }
}

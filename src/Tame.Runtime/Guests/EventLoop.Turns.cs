using System.Runtime.CompilerServices;
using Tame.Guests;
using Tame.IO;

namespace Tame;

// A turn of a guest loop: the steps from which GuestTurns builds a turn.
public sealed partial class EventLoop
{
    /// <summary>One turn in this many is measured, and counts for all of them, because two readings of the clock cost as much as a short turn.</summary>
    private const int TurnsPerMeasurement = 16;

    private int _turns;

    /// <summary>The turns of a guest loop; null if the loop has its own thread.</summary>
    internal GuestTurns? Guest { get; }

    /// <summary>The holds on time when the turn last checked whether it has more to do.</summary>
    internal TimeHolds HoldsAtTurn { get; private set; }

    /// <summary>The end of the loop; null until it begins.</summary>
    internal LoopEnd? LoopEnd => _end;

    internal TimeSpan ExitTimeout => _exitTimeout;

    internal int Number => _number;

    /// <summary>Whether something may still happen in the loop, by itself or from outside, so that it must stay in memory.</summary>
    internal bool HasWaits => !Calls.AreOver || Timers.Count != 0 || HasDescriptorWaiters || HasSignalWaiters || _gate.Holds.Any;

    internal bool HasDescriptorWaiters => _descriptors is { HasWaiters: true };

    /// <summary>Called when a turn begins on this thread, where the loop is current.</summary>
    internal void BeginTurn(Thread thread)
    {
        Thread = thread;
        IsRunning = true;
        Timers.BeginRun();
        Home.Set(thread);
        Shared.NoteStack();
        ReadCoarseClock();
        if (_turns++ % TurnsPerMeasurement == 0)
            BusyTime.Begin();
    }

    /// <summary>Called when the turn is over.</summary>
    internal void EndTurn()
    {
        Timers.EndRun();
        if ((_turns - 1) % TurnsPerMeasurement == 0)
            BusyTime.End(TurnsPerMeasurement);
        Shared.ForgetStack();
        IsRunning = false;
        Thread = null!;
    }

    /// <summary>Called when nothing ran. False if the turn has nothing more to do.</summary>
    internal bool MayGoOn()
    {
        HoldsAtTurn = _gate.Holds;     // read before the checks that depend on them
        if (!Inbox.IsEmpty)
            return true;
        _signals?.CloseUnwaited();
        if (!_clock.IsVirtual)
            return false;
        if (HasDescriptorWaiters && PollDescriptors() || _clock.TryJump(this))
            return true;
        if (_probe.Due(this) != 0)
            return false;
        _probe.Look(this);
        return true;
    }

    /// <summary>Called when a file descriptor may be ready.</summary>
    internal void PollInTurn()
    {
        if (HasDescriptorWaiters)
            PollDescriptors();
    }

    /// <summary>Does what a loop with its own thread does before it sleeps.</summary>
    internal void LookAfterTurn()
    {
        SetDuty(PassDuties.Measure, LoopMetrics.MeasuresPasses);
        TrimAtTimes(Coarse);
    }

    /// <summary>Milliseconds until the loop itself needs a turn; negative if it needs none.</summary>
    internal long TimeUntilTurn()
    {
        long left = _clock.TimeToNextTimer(this);
        if (_clock.IsVirtual)
            left = Shorter(left, _probe.Due(this));
        return _descriptors is { LooksAtHandles: true } ? Shorter(left, DescriptorTable.LongestSleepMilliseconds) : left;
    }

    /// <summary>Requests a look for lost events, if new calls wait or lifelines are suspected.</summary>
    internal void AskForProbe()
    {
        if (_clock.IsVirtual || !_probe.TakeNews(this, out bool isSuspected))
            return;
        GuestProbe.OfProcess.Ask(isSuspected, _probe.IsAggressive);
    }

    /// <summary>Wakes the loop, which gets only this one wake for its sleep. Any thread may call it.</summary>
    internal void EndSleep()
    {
        if (Guest is { } guest)
            guest.Schedule();
        else
            Descriptors().Wake();
    }

    /// <summary>Called when the turn has nothing left to do. False if something has arrived and no other thread has scheduled a turn for it.</summary>
    internal bool TryLeave(TimeHolds holds) => _gate.TryLeave(new LoopMemory(this), holds);

    /// <summary>
    /// Starts a call, at once if this code runs where the host runs turns and the loop is idle. Any thread may call it. False if the loop has ended; the
    /// message is then not kept.
    /// </summary>
    internal bool TryStart(Message start)
    {
        if (Guest is not { } guest || LoopThread.HasEntered(this))
            return TryPost(start);
        if (!Inbox.TryPush(start))
            return false;
        if (!guest.TryEnter())
            _gate.WakeUp(new LoopMemory(this));
        return true;
    }

    /// <summary>Tells the guest that it must end, or that the time for its calls is over. Any thread may call it.</summary>
    internal void RequestStop() => _gate.Stop(new LoopMemory(this));

    internal bool TakeStop() => _gate.TakeStop();

    /// <summary>Begins the end of a guest: its calls get their exception.</summary>
    internal void BeginEndOfGuest()
    {
        _end = new LoopEnd(this, _onExit, _exitTimeout);
        EndScheduling();
        SetDuty(PassDuties.CancelCalls, isSet: true);
        _end.BeginToCancel();
    }

    /// <summary>Sends the message of a finalizer.</summary>
    /// <param name="message">The message.</param>
    /// <param name="isUrgent">
    /// Whether it may report a lost event. If not, a guest reads it in its next turn: a turn only for it would keep a guest in memory that nothing else holds.
    /// </param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void SendFromFinalizer(Message message, bool isUrgent)
    {
        if (Guest is not { } guest)
            Send(message);
        else if (Inbox.TryPush(message) && isUrgent && _gate.TryClaimWake(new LoopMemory(this)))
            guest.ScheduleElsewhere();
    }
}

using System.Runtime.CompilerServices;
using Tame.Guests;
using Tame.IO;

namespace Tame;

/// <summary>A turn of a guest: the steps that <see cref="GuestTurns"/> puts together.</summary>
public sealed partial class EventLoop
{
    /// <summary>One turn in so many is measured, for all of them: two readings of the clock cost as much as a short turn.</summary>
    private const int TurnsPerMeasurement = 16;

    private int _turns;

    /// <summary>The turns of a guest; null where the loop has a thread of its own.</summary>
    internal GuestTurns? Guest { get; }

    /// <summary>What held time when the turn looked last whether it has more to do.</summary>
    internal TimeHolds HoldsAtTurn { get; private set; }

    /// <summary>How the loop ends; null before.</summary>
    internal LoopEnd? LoopEnd => _end;

    internal TimeSpan ExitTimeout => _exitTimeout;

    internal int Number => _number;

    /// <summary>Something may happen in the loop later by itself or by others, so that it must stay in memory.</summary>
    internal bool HasWaits => !Calls.AreOver || Timers.Count != 0 || HasDescriptorWaiters || HasSignalWaiters || _gate.Holds.Any;

    internal bool HasDescriptorWaiters => _descriptors is { HasWaiters: true };

    /// <summary>The turn begins on this thread, and the loop is current there.</summary>
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

    /// <summary>The turn is over.</summary>
    internal void EndTurn()
    {
        Timers.EndRun();
        if ((_turns - 1) % TurnsPerMeasurement == 0)
            BusyTime.End(TurnsPerMeasurement);
        Shared.ForgetStack();
        IsRunning = false;
        Thread = null!;
    }

    /// <summary>Nothing ran. False when the turn has nothing more to do.</summary>
    internal bool MayGoOn()
    {
        HoldsAtTurn = _gate.Holds;     // before all that depends on them
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

    /// <summary>A descriptor may be ready.</summary>
    internal void PollInTurn()
    {
        if (HasDescriptorWaiters)
            PollDescriptors();
    }

    /// <summary>What a loop with a thread does before it sleeps.</summary>
    internal void LookAfterTurn()
    {
        SetDuty(PassDuties.Measure, LoopMetrics.MeasuresPasses);
        TrimAtTimes(Coarse);
    }

    /// <summary>Milliseconds until the loop needs a turn by itself; negative for never.</summary>
    internal long TimeUntilTurn()
    {
        long left = _clock.TimeToNextTimer(this);
        if (_clock.IsVirtual)
            left = Shorter(left, _probe.Due(this));
        return _descriptors is { LooksAtHandles: true } ? Shorter(left, DescriptorTable.LongestSleepMilliseconds) : left;
    }

    /// <summary>Has what is new looked at for losses.</summary>
    internal void AskForProbe()
    {
        if (_clock.IsVirtual || !_probe.TakeNews(this, out bool isSuspected))
            return;
        GuestProbe.OfProcess.Ask(isSuspected, _probe.IsAggressive);
    }

    /// <summary>Any thread: the loop sleeps no longer, by the one wake that it gets for that.</summary>
    internal void EndSleep()
    {
        if (Guest is { } guest)
            guest.Schedule();
        else
            Descriptors().Wake();
    }

    /// <summary>Nothing is left to do in a turn. False where something has come, for which nobody else has scheduled a turn.</summary>
    internal bool TryLeave(TimeHolds holds) => _gate.TryLeave(new LoopMemory(this), holds);

    /// <summary>Starts a call: at once, where the host is here and nothing else is to do. Any thread. False, and nothing is kept, when the loop has ended.</summary>
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

    /// <summary>Any thread: has the guest take notice that it shall end, or that its calls have had enough time.</summary>
    internal void RequestStop() => _gate.Stop(new LoopMemory(this));

    internal bool TakeStop() => _gate.TakeStop();

    /// <summary>The guest begins to end: its calls get their exception.</summary>
    internal void BeginEndOfGuest()
    {
        _end = new LoopEnd(this, _onExit, _exitTimeout);
        EndScheduling();
        SetDuty(PassDuties.CancelCalls, isSet: true);
        _end.BeginToCancel();
    }

    /// <summary>Sends what a finalizer has to say.</summary>
    /// <param name="message">The word.</param>
    /// <param name="isUrgent">It may tell of a loss. Otherwise a guest hears of it in its next turn: one that nothing holds must not have a turn for it, which would hold it.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void SendFromFinalizer(Message message, bool isUrgent)
    {
        if (Guest is not { } guest)
            Send(message);
        else if (Inbox.TryPush(message) && isUrgent && _gate.TryClaimWake(new LoopMemory(this)))
            guest.ScheduleElsewhere();
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Tame.CompilerServices;
using Tame.IO;

namespace Tame;

// File descriptors, and what the loop does when nothing is ready: jump in virtual time, look for lost events, or sleep.
public sealed partial class EventLoop
{
    /// <summary>Milliseconds between two trims of pools that may have grown too large.</summary>
    private const int TrimInterval = 1000;
    private readonly LostEventProbe _probe;
    private readonly Func<IPoller> _openPoller;
    private DescriptorTable? _descriptors;
    private SleepGate<LoopMemory> _gate;

    /// <summary>The number of waits that had begun when the loop last reported that it is stuck.</summary>
    private uint _reportedWaits;
    private long _lastTrim;
    private SpinBeforeSleep _spin;
    private SignalTable? _signals;

    internal bool HasOutsideWork => _gate.Holds.Work != 0;

    internal ref int Sleeping => ref Shared.Sleeping;

    /// <summary>Whether only another thread can make something happen in this loop.</summary>
    internal bool IsSilent => IsSilentWith(_gate.Holds);

    internal bool IsTimeHeld => _gate.Holds.Any;

    /// <summary>
    /// Whether virtual time may pass. It stands still for outside work, unless each piece of that work may be waiting for a timer of the loop's clock or for a
    /// call of the loop. That is so if there are at least as many such timers and calls. See decision 0029.
    /// </summary>
    internal bool MayTimePass => _gate.Holds is { Explicit: 0, Running: 0 } holds && holds.Work <= Timers.ClockWaits || !_gate.Holds.Any;

    internal bool IsHere
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Shared.IsHere;
    }

    private bool HasSignalWaiters => _signals is { HasWaiters: true };

    /// <summary>Holds time: until the returned object is disposed, virtual time stands still and the loop's run does not end for lack of work.</summary>
    /// <returns>Dispose it to release the hold. Any thread may do both.</returns>
    /// <remarks>
    /// If another thread is going to trigger an event of a loop in virtual time, hold the loop's time until that thread has done so. Otherwise the run ends
    /// when nothing else can happen.
    /// </remarks>
    public IDisposable HoldTime()
    {
        _gate.AddTimeHold();
        return new TimeHold(this);
    }

    /// <summary>
    /// Counts work outside the loop that will complete an event. The loop waits for it, and virtual time passes only if <see cref="MayTimePass"/>.
    /// </summary>
    /// <param name="isRunning">Whether it is a task that runs and does not wait for anything.</param>
    internal void AddOutsideWork(bool isRunning = false) => _gate.AddOutsideWork(isRunning);

    /// <summary>Called when work outside the loop is over.</summary>
    internal void RemoveOutsideWork(bool isRunning = false) => _gate.RemoveOutsideWork(new LoopMemory(this), isRunning);

    /// <summary>Triggers an event when a file descriptor is ready.</summary>
    internal void WaitOn(int descriptor, FdEvents events, LoopHandle e) => Descriptors().Wait(descriptor, events, e);

    /// <summary>Triggers an event when a handle's file descriptor is ready.</summary>
    internal void WaitOn(SafeHandle handle, FdEvents events, LoopHandle e) => Descriptors().Wait(handle, events, e);

    /// <summary>Sends a message to the loop's thread. False if the loop has ended; the message is then not kept.</summary>
    internal bool Send(Message message)
    {
        if (!Inbox.TryPush(message))
            return false;
        _gate.WakeUp(new LoopMemory(this));
        return true;
    }

    internal SignalTable Signals() => _signals ??= new SignalTable(this);

    /// <summary>The <see cref="DescriptorTable.Reports"/> of the loop's descriptors.</summary>
    internal byte PollerReports => _descriptors?.Reports ?? 0;

    internal DescriptorTable Descriptors() => _descriptors ??= Guest is null ? new DescriptorTable(_openPoller()) : DescriptorTable.OfGuest(this, _openPoller());

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool PollDescriptors() => _descriptors!.Poll(0, checkAll: _clock.IsVirtual) != 0;

    /// <summary>Called when nothing ran. False if nothing more can happen: no call waits, or in virtual time no wait can end.</summary>
    private bool Idle(MainEvent? end)
    {
        ReadCoarseClock();
        SetDuty(PassDuties.Measure, LoopMetrics.MeasuresPasses);
        var holds = _gate.Holds;    // read before the checks that depend on them
        if (!Inbox.IsEmpty)
            return true;
        _signals?.CloseUnwaited();
        if (_clock.IsVirtual && HasDescriptorWaiters && PollDescriptors() || _clock.TryJump(this))
            return true;
        if (IsStuck(holds) && (HasNoWaits(end) || _clock.IsVirtual && _probe.IsSettled(this)))
            return false;
        TrimAtTimes(Environment.TickCount64);
        Sleep(holds);
        return true;
    }

    private bool IsSilentWith(TimeHolds holds) => !holds.Any && Timers.Count == 0 && !HasDescriptorWaiters;

    /// <summary>Whether nothing that the loop knows of, including signals, can make anything happen.</summary>
    private bool IsStuck(TimeHolds holds) => IsSilentWith(holds) && !HasSignalWaiters;

    /// <summary>Whether nothing waits that could be lost or stay blocked.</summary>
    private bool HasNoWaits(MainEvent? end) => end is null && Calls.AreOver;

    /// <summary>Reports to tracing tools, once after each new wait, which calls only another thread can wake.</summary>
    private void ReportIfStuck(TimeHolds holds)
    {
        if (Calls.BlockedCount == 0 || Calls.Waits == _reportedWaits || !IsStuck(holds) || !_probe.IsSettled(this) || !TameEventSource.Log.IsEnabled())
            return;
        _reportedWaits = Calls.Waits;
        TameEventSource.Log.Stuck(BlockedTree());
    }

    /// <summary>Trims, unless it did so less than a second ago.</summary>
    private void TrimAtTimes(long now)
    {
        if (now - _lastTrim < TrimInterval)
            return;
        _lastTrim = now;
        Trim();
    }

    /// <summary>Releases a part of the capacity that was not used recently.</summary>
    internal void Trim()
    {
        Pools.Trim();
        Calls.Trim();
        _asap.Trim();
        Ready.Trim();
        Completions.Trim();
        _descriptors?.Trim();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Sleep(TimeHolds holds)
    {
        long probe = HasNoWaits(Main) ? Timeout.Infinite : _probe.Due(this);
        if (probe == 0)
        {
            _probe.Look(this);
            return;
        }
        ReportIfStuck(holds);
        int timeout = Shorter(Shorter(probe, _end?.TimeLeft ?? Timeout.Infinite), _clock.TimeToNextTimer(this));
        if (timeout == 0 || !_spin.WaitFor(Inbox))
            Sleep(timeout, holds);
        ReadCoarseClock();
    }

    private void Sleep(int timeout, TimeHolds holds)
    {
        _ = Descriptors();          // created here, because another thread needs them to wake this one
        BusyTime.End();
        _gate.Sleep(new LoopMemory(this), timeout, holds);
        BusyTime.Begin();
        _spin.Slept(Inbox);
    }

    /// <summary>The shorter of two times in milliseconds. A negative time means no limit.</summary>
    private static int Shorter(long left, long right)
    {
        long shorter = left < 0 ? right : right < 0 ? left : Math.Min(left, right);
        return (int)Math.Min(shorter, int.MaxValue);
    }

    private sealed class TimeHold(EventLoop loop) : IDisposable
    {
        private int _held = 1;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _held, 0) == 0)
                return;
            loop._gate.RemoveTimeHold(new LoopMemory(loop));
        }
    }
}

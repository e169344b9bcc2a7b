using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Tame.CompilerServices;
using Tame.IO;

namespace Tame;

/// <summary>Descriptors, and what the loop does when nothing is ready: jump in virtual time, look for lost events, or sleep.</summary>
public sealed partial class EventLoop
{
    /// <summary>Milliseconds between two looks at pools that may have grown too large.</summary>
    private const int TrimInterval = 1000;
    private readonly LostEventProbe _probe;
    private readonly Func<IPoller> _openPoller;
    private DescriptorTable? _descriptors;
    private int _timeHolds;
    private int _outsideWork;

    /// <summary>Of the outside work, tasks that run code of theirs or are queued for that.</summary>
    private int _runningTasks;

    /// <summary>Timers of <see cref="TimeProvider"/> that somebody may be waiting for. Of the loop's thread.</summary>
    private int _clockWaits;
    private long _lastTrim;
    private Patience _patience;

    internal bool HasOutsideWork => Volatile.Read(ref _outsideWork) != 0;

    /// <summary>Only another thread can make something happen here.</summary>
    internal bool IsSilent => _timers.Count == 0 && !HasDescriptorWaiters && !IsTimeHeld;

    internal bool IsTimeHeld => HasOutsideWork || Volatile.Read(ref _timeHolds) != 0;

    /// <summary>
    /// Virtual time may pass. It stands still for outside work, except where each piece of it may be waiting for a timer of the loop's own clock, of which there
    /// are then as many. See decision 0029.
    /// </summary>
    internal bool MayTimePass =>
        Volatile.Read(ref _timeHolds) == 0 && (!HasOutsideWork || Volatile.Read(ref _runningTasks) == 0 && Volatile.Read(ref _outsideWork) <= _clockWaits);

    private bool HasDescriptorWaiters => _descriptors is { HasWaiters: true };

    /// <summary>While it is held, virtual time stands still and the loop's run does not end for want of work.</summary>
    /// <returns>Dispose it to let go. Any thread may do both.</returns>
    public IDisposable HoldTime()
    {
        Interlocked.Increment(ref _timeHolds);
        return new TimeHold(this);
    }

    /// <summary>Work outside the loop will complete an event: the loop waits for it, and virtual time stands still.</summary>
    /// <param name="isRunning">It is a task that runs, and does not wait for anything.</param>
    internal void AddOutsideWork(bool isRunning = false)
    {
        if (isRunning)
            Interlocked.Increment(ref _runningTasks);
        Interlocked.Increment(ref _outsideWork);
    }

    /// <summary>Work outside the loop is over.</summary>
    internal void RemoveOutsideWork(bool isRunning = false)
    {
        if (isRunning)
            Interlocked.Decrement(ref _runningTasks);
        Interlocked.Decrement(ref _outsideWork);
        WakeUp();
    }

    /// <summary>A timer of <see cref="TimeProvider"/> is set (1), or is set no longer (-1).</summary>
    internal void CountWait(LoopTimer timer, int change)
    {
        if (!timer.IsLimit)
            _clockWaits += change;
    }

    /// <summary>Triggers an event when a descriptor is ready.</summary>
    internal void WaitOn(int descriptor, FdEvents events, Event e) => Descriptors().Wait(descriptor, events, e);

    /// <summary>Triggers an event when a handle's descriptor is ready.</summary>
    internal void WaitOn(SafeHandle handle, FdEvents events, Event e) => Descriptors().Wait(handle, events, e);

    /// <summary>Sends work to the loop's thread. False, and nothing is kept, when the loop has ended.</summary>
    internal bool Send(Linked work)
    {
        if (!Inbox.TryPush(work))
            return false;
        WakeUp();
        return true;
    }

    internal DescriptorTable Descriptors() => _descriptors ??= new DescriptorTable(_openPoller());

    /// <summary>Wakes the loop if it sleeps. The caller has made its change by an interlocked operation: that is the fence which this needs, and a second cost 5 ns.</summary>
    private void WakeUp()
    {
        if (Volatile.Read(ref _shared.Sleeping) != 0 && Interlocked.Exchange(ref _shared.Sleeping, 0) != 0)
            _descriptors!.Wake();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool PollDescriptors() => _descriptors!.Poll(0, checkAll: _clock.IsVirtual) != 0;

    /// <summary>Nothing ran. False when nothing can happen any more, and nobody waits for an event.</summary>
    private bool Idle(MainEvent? end)
    {
        _coarse = _clock.Coarse;
        if (!Inbox.IsEmpty)
            return true;
        _signals?.LetGoUnwaited();
        if (_clock.IsVirtual && HasDescriptorWaiters && PollDescriptors() || _clock.TryJump(this))
            return true;
        if (end is null && _blockedCount == 0 && _invoked is null && !IsTimeHeld && _timers.Count == 0 && !HasDescriptorWaiters &&
            !HasSignalWaiters)
            return false;
        long now = Environment.TickCount64;
        if (now - _lastTrim >= TrimInterval)
        {
            _lastTrim = now;
            TrimPools();
        }
        Sleep();
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Sleep()
    {
        long probe = _blockedCount == 0 && _main is null && _invoked is null ? Timeout.Infinite : _probe.Due(this);
        if (probe == 0)
        {
            _probe.Look(this);
            return;
        }
        int timeout = Shorter(probe, _clock.TimeToNextTimer(this));
        if (timeout == 0 || !_patience.WaitFor(Inbox))
            Sleep(timeout);
        _coarse = _clock.Coarse;
    }

    private void Sleep(int timeout)
    {
        var descriptors = Descriptors();
        Interlocked.Exchange(ref _shared.Sleeping, 1);
        if (Inbox.IsEmpty && !_stopping)
            descriptors.Poll(timeout);
        Volatile.Write(ref _shared.Sleeping, 0);
        _patience.Slept(Inbox);
    }

    /// <summary>The shorter of two times in milliseconds, of which a negative one is for ever.</summary>
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
            Interlocked.Decrement(ref loop._timeHolds);
            loop.WakeUp();
        }
    }
}

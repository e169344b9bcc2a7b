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
    private SleepGate<LoopMemory> _gate;
    private long _lastTrim;
    private Patience _patience;

    internal bool HasOutsideWork => _gate.HasOutsideWork;

    internal ref int Sleeping => ref _shared.Sleeping;

    /// <summary>Only another thread can make something happen here.</summary>
    internal bool IsSilent => _timers.Count == 0 && !HasDescriptorWaiters && !IsTimeHeld;

    internal bool IsTimeHeld => _gate.IsTimeHeld;

    private bool HasDescriptorWaiters => _descriptors is { HasWaiters: true };

    /// <summary>While it is held, virtual time stands still and the loop's run does not end for want of work.</summary>
    /// <returns>Dispose it to let go. Any thread may do both.</returns>
    public IDisposable HoldTime()
    {
        _gate.AddTimeHold();
        return new TimeHold(this);
    }

    /// <summary>Work outside the loop will complete an event: the loop waits for it, and virtual time stands still.</summary>
    internal void AddOutsideWork() => _gate.AddOutsideWork();

    /// <summary>Work outside the loop is over.</summary>
    internal void RemoveOutsideWork() => _gate.RemoveOutsideWork(new LoopMemory(this));

    /// <summary>Triggers an event when a descriptor is ready.</summary>
    internal void WaitOn(int descriptor, FdEvents events, Event e) => Descriptors().Wait(descriptor, events, e);

    /// <summary>Triggers an event when a handle's descriptor is ready.</summary>
    internal void WaitOn(SafeHandle handle, FdEvents events, Event e) => Descriptors().Wait(handle, events, e);

    /// <summary>Sends work to the loop's thread. False, and nothing is kept, when the loop has ended.</summary>
    internal bool Send(Linked work)
    {
        if (!Inbox.TryPush(work))
            return false;
        _gate.WakeUp(new LoopMemory(this));
        return true;
    }

    internal DescriptorTable Descriptors() => _descriptors ??= new DescriptorTable(_openPoller());

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool PollDescriptors() => _descriptors!.Poll(0) != 0;

    /// <summary>Nothing ran. False when nothing can happen any more, and nobody waits for an event.</summary>
    private bool Idle(MainEvent? end)
    {
        _coarse = _clock.Coarse;
        bool isHeld = IsTimeHeld;   // before all that depends on it
        if (!Inbox.IsEmpty)
            return true;
        _signals?.LetGoUnwaited();
        if (_clock.IsVirtual && HasDescriptorWaiters && PollDescriptors() || _clock.TryJump(this))
            return true;
        if (end is null && _blockedCount == 0 && _invoked is null && !isHeld && _timers.Count == 0 && !HasDescriptorWaiters &&
            !HasSignalWaiters)
            return false;
        long now = Environment.TickCount64;
        if (now - _lastTrim >= TrimInterval)
        {
            _lastTrim = now;
            TrimPools();
        }
        Sleep(isHeld);
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Sleep(bool isHeld)
    {
        long probe = _blockedCount == 0 && _main is null && _invoked is null ? Timeout.Infinite : _probe.Due(this);
        if (probe == 0)
        {
            _probe.Look(this);
            return;
        }
        int timeout = Shorter(probe, _clock.TimeToNextTimer(this));
        if (timeout == 0 || !_patience.WaitFor(Inbox))
            Sleep(timeout, isHeld);
        _coarse = _clock.Coarse;
    }

    private void Sleep(int timeout, bool isHeld)
    {
        _ = Descriptors();          // another thread must not have to make them to wake this one
        _gate.Sleep(new LoopMemory(this), timeout, isHeld);
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
            loop._gate.RemoveTimeHold(new LoopMemory(loop));
        }
    }
}

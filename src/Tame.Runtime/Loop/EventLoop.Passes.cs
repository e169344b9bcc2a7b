using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

/// <summary>One pass, step by step. Each step is a frame of its own, so that none of them keeps a lifeline alive while the loop sleeps.</summary>
public sealed partial class EventLoop
{
    /// <summary>Ready calls in a pass; few enough that timers are seen in time, many enough that a pass costs little.</summary>
    private const int BatchSize = 64;

    /// <summary>Calls between two looks at the coarse clock: a batch of slow calls ends early.</summary>
    private const int CallsPerLook = 16;

    /// <summary>Passes between two looks at the descriptors while there is something to run; a poll costs as much as ten resumes.</summary>
    internal const int PassesPerPoll = 8;

    private readonly LoopClock _clock;
    private EventBatch _asap = new();
    private int _passesSincePoll;

    /// <summary>The coarse clock as it was a few calls or passes ago; reading it costs a third of a resume.</summary>
    private long _coarse;

    /// <summary>Triggers an event on the next pass.</summary>
    internal void AddAsap(Event e) => _asap.Add(e);

    internal void ReadCoarseClock() => _coarse = _clock.Coarse;

    /// <summary>Makes one pass. True when anything ran or was triggered.</summary>
    private bool Pass()
    {
        bool ran = !Inbox.IsEmpty && TakeInbox();
        ran |= RunReady();
        if (_toCancel is { Count: > 0 })
            CancelThoseBlocked();
        if (_timers.Count != 0)
            ran |= FireTimers();
        if (++_passesSincePoll >= PassesPerPoll)
        {
            _passesSincePoll = 0;
            _coarse = _clock.Coarse;
            if (HasDescriptorWaiters)
                ran |= PollDescriptors();
        }
        if (_asap.Count != 0)
            ran |= FireAsap();
        return ran;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TakeInbox()
    {
        var messages = Inbox.TakeAll();
        bool any = !messages.IsEmpty;
        while (messages.TryTake(out var message))
            message.Arrive(this);
        return any;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool RunReady()
    {
        int left = BatchSize;
        long start = 0;
        while (_ready.Count != 0 && _fatal is null)
        {
            _ready.Take().Run(this);
            if (--left % CallsPerLook != 0)
                continue;
            long now = _coarse = _clock.Coarse;
            if (left == 0 || start != 0 && now != start)
                break;
            start = now;
        }
        return left != BatchSize;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool FireAsap()
    {
        _asap.TriggerAll(this);
        return true;
    }

    /// <summary>What a call or action set, its synchronization context included, does not reach the next one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void GoHome()
    {
        if (!ReferenceEquals(ThreadContext.Mark(Thread), _homeMark) || !ReferenceEquals(ThreadContext.Synchronization(Thread), _context))
            RestoreHome();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RestoreHome()
    {
        SynchronizationContext.SetSynchronizationContext(_context);
        ThreadContext.Restore(_homeMark);
        _homeMark = ThreadContext.Mark(Thread);
    }
}

using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

// One pass, step by step. Each step is a frame of its own, so that none of them keeps a lifeline alive while the loop sleeps.
public sealed partial class EventLoop
{
    /// <summary>Ready calls in a pass; few enough that timers are seen in time, many enough that a pass costs little.</summary>
    private const int BatchSize = 64;

    /// <summary>Calls between two looks at the coarse clock: a batch of slow calls ends early.</summary>
    private const int CallsPerLook = 16;

    /// <summary>Passes between two looks at the descriptors while there is something to run; a poll costs as much as ten resumes.</summary>
    internal const int PassesPerPoll = 8;

    /// <summary>What runs next, the oldest first: calls that were woken, and work that was posted.</summary>
    internal Ring<Work> Ready;

    /// <summary>What completions complete in their turn.</summary>
    internal CompletionChain Completions;

    /// <summary>The coarse clock as it was a few calls or passes ago; reading it costs a third of a resume.</summary>
    internal long Coarse;

    /// <summary>The call that runs next was deferred by a checkpoint, and comes by that one again.</summary>
    internal bool BeginsLate;

    private readonly LoopClock _clock;
    private PassDuties _duties;
    private EventBatch _asap = new();
    private int _passesSincePoll;

    /// <summary>Triggers an event on the next pass.</summary>
    internal void AddAsap(Event e)
    {
        AssertEntered();
        _asap.Add(e);
    }

    internal void ReadCoarseClock()
    {
        Coarse = _clock.Coarse;
        _sampled?.Look(Coarse);
    }

    internal void AddReady(Work work)
    {
        AssertEntered();
        Ready.Add(work);
    }

    /// <summary>What a call waited for is there: it resumes behind what is ready.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Wake(Closure call)
    {
        AssertEntered();
        Calls.Unblock(call);
        Ready.Add(call);
    }

    /// <summary>Adds a link to the chain of completions.</summary>
    internal void Chain(Work link)
    {
        AssertEntered();
        Completions.Add(link);
    }

    /// <summary>Completes all that is chained.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void DrainChain() => Completions.Drain(this);

    /// <summary>Makes one pass, measured where some listener wants to know. True when anything ran or was triggered.</summary>
    internal bool MakePass() => (_duties & PassDuties.Measure) != 0 ? MeasuredPass() : Pass();

    /// <summary>The steps of a pass.</summary>
    private bool Pass()
    {
        // 1. What other threads sent.
        bool ran = !Inbox.IsEmpty && TakeInbox();

        // 2. A batch of what is ready.
        ran |= (_duties & (PassDuties.Schedule | PassDuties.Record)) == 0 ? RunReady() : RunWatched();

        // 3. In a loop that ends: calls that have not got their exception.
        if ((_duties & PassDuties.CancelCalls) != 0)
            _end!.CancelThoseBlocked();

        // 4. Timers that are due.
        if (Timers.Count != 0)
            ran |= Timers.Fire(ref Coarse);

        // 5. Every few passes, descriptors.
        if (++_passesSincePoll >= PassesPerPoll)
        {
            _passesSincePoll = 0;
            ReadCoarseClock();
            SetDuty(PassDuties.Measure, LoopMetrics.MeasuresPasses);
            if (HasDescriptorWaiters)
                ran |= PollDescriptors();
        }

        // 6. What asap was asked for before this step.
        if (_asap.Count != 0)
            ran |= FireAsap();

        // 7. One call for which new work is welcome.
        if ((_duties & PassDuties.Admit) != 0)
            ran |= Admission.AdmitOne();
        return ran;
    }

    /// <summary>The start of a call is recorded or traced.</summary>
    internal bool WatchesCalls => (_duties & (PassDuties.Record | PassDuties.Trace)) != 0;

    /// <summary>The passes have a duty from now on, or no longer.</summary>
    internal void SetDuty(PassDuties duty, bool isSet) => _duties = isSet ? _duties | duty : _duties & ~duty;

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
    private bool RunWatched() => _scheduler is { } scheduler ? RunScheduled(scheduler) : RunReady(Recorder!);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool RunReady()
    {
        int left = BatchSize;
        long start = 0;
        while (Ready.Count != 0 && !Failures.IsFatal)
        {
            Ready.Take().Run(this);
            if (--left % CallsPerLook != 0)
                continue;
            long now = Coarse = _clock.Coarse;
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
}

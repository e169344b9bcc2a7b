using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

// One pass, step by step. Each step has its own stack frame, so that none of them keeps a lifeline alive while the loop sleeps.
public sealed partial class EventLoop
{
    /// <summary>The maximum number of ready calls in a pass: few enough that timers fire in time, and enough that the cost of a pass is small.</summary>
    private const int BatchSize = 64;

    /// <summary>The number of calls between two readings of the coarse clock, so that a batch of slow calls ends early.</summary>
    private const int CallsPerLook = 16;

    /// <summary>The number of passes between two polls of the file descriptors while the loop has work. A poll costs as much as ten resumes.</summary>
    internal const int PassesPerPoll = 8;

    /// <summary>The ready queue, the oldest first: calls that were woken, and work that was posted.</summary>
    internal Ring<Work> Ready;

    /// <summary>The completions that other completions have caused and that have not run yet.</summary>
    internal CompletionChain Completions;

    /// <summary>The coarse clock's time a few calls or passes ago. To read that clock costs a third of a resume.</summary>
    internal long Coarse;

    /// <summary>Whether the next call to run was deferred by a stack check. It passes that check again, and must not be deferred again.</summary>
    internal bool BeginsLate;

    private readonly LoopClock _clock;
    private PassDuties _duties;
    private EventBatch _asap = new();
    private int _passesSincePoll;

    /// <summary>Triggers an event on the next pass.</summary>
    internal void AddAsap(LoopHandle e)
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

    /// <summary>Ends the wait of a call. The call resumes after the work that is ready.</summary>
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

    /// <summary>Runs the chained completions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void DrainChain() => Completions.Drain(this);

    /// <summary>Makes one pass, and measures it if a listener requests it. True if anything ran or was triggered.</summary>
    internal bool MakePass() => (_duties & PassDuties.Measure) != 0 ? MeasuredPass() : Pass();

    /// <summary>The steps of a pass.</summary>
    private bool Pass()
    {
        // 1. Messages of other threads.
        bool ran = !Inbox.IsEmpty && TakeInbox();

        // 2. A batch of ready work.
        ran |= (_duties & (PassDuties.Schedule | PassDuties.Record)) == 0 ? RunReady() : RunWatched();

        // 3. In a loop that ends: calls that have not received their exception.
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

        // 6. Events that were passed to asap before this step.
        if (_asap.Count != 0)
            ran |= FireAsap();

        // 7. One event that waits for admission.
        if ((_duties & PassDuties.Admit) != 0)
            ran |= Admission.AdmitOne();
        return ran;
    }

    /// <summary>Whether the starts of calls are recorded or traced.</summary>
    internal bool WatchesCalls => (_duties & (PassDuties.Record | PassDuties.Trace)) != 0;

    /// <summary>Sets or clears a duty of the passes.</summary>
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

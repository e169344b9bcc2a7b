using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

/// <summary>Blocked and ready calls, and the chain of completions.</summary>
public sealed partial class EventLoop
{
    private Ring<Work> _ready;
    private Ring<Work> _chain;

    /// <summary>
    /// The calls that have blocked, those that are free again included. A closure enters once, at its first wait, so that a wait writes no reference.
    /// </summary>
    private SourceSet _calls;
    private int _blockedCount;
    private uint _waits;

    /// <summary>What leaves the body that runs now, on its way from the wait that failed to the caller of the body.</summary>
    internal Exception? LeavingFailure { get; set; }

    /// <summary>How many calls the loop holds, blocked or free.</summary>
    internal int CallsHeld => _calls.Count;

    /// <summary>Blocked calls that no probe for lost events has seen yet.</summary>
    internal int Unprobed { get; private set; }

    /// <summary>Waits that began, and losses that arrived, since the last probe: what has changed that can lose an event.</summary>
    internal int NewWaits { get; private set; }

    /// <summary>The calls that wait now, the longest waiting first.</summary>
    /// <exception cref="InvalidOperationException">This is not the loop's thread. Use <see cref="InvokeAsync{T}(Action{Event{T}}, CancellationToken)"/> to ask from another.</exception>
    public IReadOnlyList<BlockedCall> Blocked
    {
        get
        {
            if (!IsOwnThread && !IsEnded)
                throw Errors.WrongThread(this);
            long now = _clock.Coarse;
            return [.. BlockedCalls().Select(call => new BlockedCall(call.Type.Method, call.Type.File, call.Line, TimeSpan.FromMilliseconds(Elapsed(call, now))))];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void AddBlocked(Closure call)
    {
        if (call.Place < 0)
            _calls.Add(call);
        call.MarkBlocked(_coarse, _waits++);
        _blockedCount++;
        NewWaits++;
        if (!call.IsProbed)
            Unprobed++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Wake(Closure call)
    {
        Unblock(call);
        _ready.Add(call);
    }

    /// <summary>The loop holds the call no longer, though events may still write to it.</summary>
    internal void Remove(Closure call)
    {
        if (call.Place >= 0)
            _calls.Remove(call);
    }

    internal void AddReady(Work work) => _ready.Add(work);

    /// <summary>A loss has arrived: the call that it ends may take with it the events of others, which were probed while it lived.</summary>
    internal void CountLoss() => NewWaits++;

    /// <summary>A probe has seen everything that is blocked now.</summary>
    internal void MarkProbed()
    {
        for (int i = 0; i < _calls.Count; i++)
        {
            if (CallAt(i) is { IsBlocked: true } call)
                call.IsProbed = true;
        }
        for (var call = _invoked; call is not null; call = call.After)
            call.IsProbed = true;
        Unprobed = NewWaits = 0;
        Suspicions.HasNew = false;
    }

    /// <summary>The context to resume in, or null where it is the loop's own.</summary>
    internal ExecutionContext? CaptureContext()
    {
        if (ReferenceEquals(ThreadContext.Mark(Thread), _homeMark))
            return null;
        var context = ExecutionContext.Capture();
        return ReferenceEquals(context, Home) ? null : context;
    }

    /// <summary>Adds a link to the chain of completions.</summary>
    internal void Chain(Work link) => _chain.Add(link);

    /// <summary>Completes all that is chained, one after the other, without a stack.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void DrainChain()
    {
        if (_chain.Count != 0)
            Drain();
    }

    /// <summary>Calls the hooks of one event in the order in which they were added; the list has the newest first.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void Call(Hook hooks, Lifeline? lifeline = null)
    {
        if (hooks.Next is null)
        {
            if (lifeline is not null)
                hooks.Bind(lifeline);
            hooks.Completed(this);
            return;
        }
        Linked? ordered = null;
        for (Linked? hook = hooks; hook is not null;)
        {
            var next = hook.Next;
            hook.Next = ordered;
            ordered = hook;
            hook = next;
        }
        while (ordered is not null)
        {
            var next = ordered.Next;
            var called = Unsafe.As<Hook>(ordered);
            called.Detach();
            if (lifeline is not null)
                called.Bind(lifeline);
            called.Completed(this);
            ordered = next;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Unblock(Closure call)
    {
        call.MarkWoken();
        _blockedCount--;
        if (!call.IsProbed)
            Unprobed--;
    }

    /// <summary>How long a call has waited, in milliseconds; a call keeps 48 bits of the time.</summary>
    private static long Elapsed(Closure call, long now) => now - call.Since & 0xff_ffff_ffff;

    private Closure CallAt(int place) => Unsafe.As<Closure>(_calls[place]);

    /// <summary>The calls that wait now, the longest waiting first.</summary>
    private List<Closure> BlockedCalls()
    {
        var calls = new List<Closure>(_blockedCount);
        for (int i = 0; i < _calls.Count; i++)
        {
            if (CallAt(i) is { IsBlocked: true } call)
                calls.Add(call);
        }
        uint last = _waits;
        long now = _clock.Coarse;
        calls.Sort((left, right) => Elapsed(right, now).CompareTo(Elapsed(left, now)) is var byTime && byTime != 0 ? byTime : (last - right.Order).CompareTo(last - left.Order));
        return calls;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Drain()
    {
        while (_chain.Count != 0)
            _chain.Take().Run(this);
    }
}

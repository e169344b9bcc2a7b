using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

/// <summary>The calls of one loop: which of them are blocked, and since when. It holds them, so that what a call holds is in reach while it waits. On the loop's thread.</summary>
internal struct CallRegistry
{
    /// <summary>
    /// The calls that have blocked, those that are free again included. A closure enters once, at its first wait, so that a wait writes no reference.
    /// </summary>
    private SourceSet _calls;
    private uint _waits;

    /// <summary>Calls of <see cref="EventLoop.InvokeAsync(Action{Event}, CancellationToken)"/> that are under way, the newest first.</summary>
    private IntrusiveList<Invocation, Invocation.InLoop> _invoked;

    /// <summary>How many calls it holds, blocked or free.</summary>
    public readonly int Held => _calls.Count;

    public int BlockedCount { get; private set; }

    /// <summary>How many waits have begun; the number wraps.</summary>
    public readonly uint Waits => _waits;

    /// <summary>The newest call from the world of tasks that is under way; null where there is none.</summary>
    public readonly Invocation? Invoked => _invoked.First;

    /// <summary>No call is blocked, and none from the world of tasks is under way.</summary>
    public readonly bool AreOver => BlockedCount == 0 && Invoked is null;

    /// <summary>Blocked calls that no probe for lost events has seen yet.</summary>
    public int Unprobed { get; private set; }

    /// <summary>Waits that began, and losses that arrived, since the last probe: what has changed that can lose an event.</summary>
    public int NewWaits { get; private set; }

    /// <summary>What leaves the body that runs now, on its way from the wait that failed to the caller of the body.</summary>
    public Exception? LeavingFailure { get; set; }

    /// <summary>A call waits from now on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Block(Closure call, long coarse)
    {
        if (call.Place < 0)
            _calls.Add(call);
        call.MarkBlocked(coarse, _waits++);
        BlockedCount++;
        NewWaits++;
        if (!call.IsProbed)
            Unprobed++;
    }

    /// <summary>A call waits no longer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Unblock(Closure call)
    {
        call.MarkWoken();
        BlockedCount--;
        if (!call.IsProbed)
            Unprobed--;
    }

    /// <summary>Holds the call no longer, though events may still write to it.</summary>
    public void Remove(Closure call)
    {
        if (call.Place >= 0)
            _calls.Remove(call);
    }

    /// <summary>A call has started; its event may be lost, and so the probe must look.</summary>
    public void Add(Invocation invocation)
    {
        _invoked.AddFirst(invocation);
        NewWaits++;
        Unprobed++;
    }

    /// <summary>A call that had started is over.</summary>
    public void Remove(Invocation invocation)
    {
        if (!invocation.IsProbed)
            Unprobed--;
        _invoked.Remove(invocation);
    }

    /// <summary>Main waits, or a loss has arrived: the call that it ends may take with it the events of others, which were probed while it lived.</summary>
    public void NoteChange() => NewWaits++;

    /// <summary>What has changed since the last look is noted elsewhere.</summary>
    public void ForgetNews() => NewWaits = 0;

    /// <summary>A probe has seen everything that is blocked now.</summary>
    public void MarkProbed()
    {
        for (int i = 0; i < _calls.Count; i++)
        {
            if (At(i) is { IsBlocked: true } call)
                call.IsProbed = true;
        }
        for (var call = Invoked; call is not null; call = IntrusiveList<Invocation, Invocation.InLoop>.After(call))
            call.IsProbed = true;
        Unprobed = NewWaits = 0;
    }

    /// <summary>The calls that wait now, the longest waiting first.</summary>
    public readonly List<Closure> Blocked(long now)
    {
        var calls = new List<Closure>(BlockedCount);
        for (int i = 0; i < _calls.Count; i++)
        {
            if (At(i) is { IsBlocked: true } call)
                calls.Add(call);
        }
        uint last = _waits;
        calls.Sort((left, right) => Elapsed(right, now).CompareTo(Elapsed(left, now)) is var byTime && byTime != 0 ? byTime : (last - right.Order).CompareTo(last - left.Order));
        return calls;
    }

    /// <summary>How long a call has waited, in milliseconds; a call keeps 40 bits of the time.</summary>
    public static long Elapsed(Closure call, long now) => now - call.Since & 0xff_ffff_ffff;

    /// <summary>Gives back what a peak took.</summary>
    public void Trim() => _calls.Trim();

    private readonly Closure At(int place) => Unsafe.As<Closure>(_calls[place]);
}

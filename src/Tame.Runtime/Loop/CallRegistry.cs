using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

/// <summary>
/// The calls of one loop: which of them wait, and since when. It holds them, so that the objects that a call holds are reachable while it waits. Use it on the
/// loop's thread.
/// </summary>
internal struct CallRegistry
{
    /// <summary>
    /// The calls that have waited, including those that are free again. A closure enters once, at its first wait, so that a wait writes no reference.
    /// </summary>
    private SourceSet _calls;
    private uint _waits;

    /// <summary>Calls of <see cref="EventLoop.InvokeAsync(Action{Event}, CancellationToken)"/> that are in progress, the newest first.</summary>
    private IntrusiveList<Invocation, Invocation.InLoop> _invoked;

    /// <summary>The number of calls that it holds, waiting or free.</summary>
    public readonly int Held => _calls.Count;

    public int BlockedCount { get; private set; }

    /// <summary>The number of waits that have begun. It wraps.</summary>
    public readonly uint Waits => _waits;

    /// <summary>The newest call from the world of tasks that is in progress, or null.</summary>
    public readonly Invocation? Invoked => _invoked.First;

    /// <summary>True if no call waits, and none from the world of tasks is in progress.</summary>
    public readonly bool AreOver => BlockedCount == 0 && Invoked is null;

    /// <summary>The number of waiting calls that no probe for lost events has seen yet.</summary>
    public int Unprobed { get; private set; }

    /// <summary>The number of waits that began and losses that arrived since the last probe: the changes that can lose an event.</summary>
    public int NewWaits { get; private set; }

    /// <summary>The failure on its way from a wait of the running body to the body's caller.</summary>
    public Exception? LeavingFailure { get; set; }

    /// <summary>A call begins to wait.</summary>
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

    /// <summary>A call stops waiting.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Unblock(Closure call)
    {
        call.MarkWoken();
        BlockedCount--;
        if (!call.IsProbed)
            Unprobed--;
    }

    /// <summary>Stops holding the call, though events may still write to it.</summary>
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

    /// <summary>A call that had started has ended.</summary>
    public void Remove(Invocation invocation)
    {
        if (!invocation.IsProbed)
            Unprobed--;
        _invoked.Remove(invocation);
    }

    /// <summary>Main waits, or a loss has arrived. A call that ends because of a loss may lose the events of other calls, which were probed before.</summary>
    public void NoteChange() => NewWaits++;

    /// <summary>Clears the changes, because they are recorded elsewhere.</summary>
    public void ForgetNews() => NewWaits = 0;

    /// <summary>A probe has seen every call that waits now.</summary>
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

    /// <summary>The waiting calls, the longest waiting first.</summary>
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

    /// <summary>How long a call has waited, in milliseconds. A call keeps 40 bits of the time.</summary>
    public static long Elapsed(Closure call, long now) => now - call.Since & 0xff_ffff_ffff;

    /// <summary>Releases the capacity kept after a peak.</summary>
    public void Trim() => _calls.Trim();

    private readonly Closure At(int place) => Unsafe.As<Closure>(_calls[place]);
}

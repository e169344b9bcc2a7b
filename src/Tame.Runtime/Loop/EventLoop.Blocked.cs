using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

/// <summary>Blocked and ready calls, and the chain of completions.</summary>
public sealed partial class EventLoop
{
    private readonly Ring _ready = new();
    private readonly Ring _chain = new();
    private Closure? _blocked;

    /// <summary>Blocked calls that no probe for lost events has seen yet.</summary>
    internal int Unprobed { get; private set; }

    /// <summary>Waits that began, and losses that arrived, since the last probe: what has changed that can lose an event.</summary>
    internal int NewWaits { get; private set; }

    /// <summary>The calls that wait now, the longest waiting first.</summary>
    public IReadOnlyList<BlockedCall> Blocked
    {
        get
        {
            var calls = new List<BlockedCall>();
            long now = _clock.Coarse;
            for (var call = _blocked; call is not null; call = call.NextBlocked)
                calls.Add(new BlockedCall(call.Type.Method, call.Type.File, call.Line, TimeSpan.FromMilliseconds(now - call.Since)));
            calls.Reverse();
            return calls;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void AddBlocked(Closure call)
    {
        call.LinkBefore(_blocked, _coarse);
        _blocked = call;
        NewWaits++;
        if (!call.IsProbed)
            Unprobed++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Wake(Closure call)
    {
        call.Unlink(ref _blocked);
        if (!call.IsProbed)
            Unprobed--;
        _ready.Add(call);
    }

    internal void AddReady(Work work) => _ready.Add(work);

    /// <summary>A loss has arrived: the call that it ends may take with it the events of others, which were probed while it lived.</summary>
    internal void CountLoss() => NewWaits++;

    /// <summary>A probe has seen everything that is blocked now.</summary>
    internal void MarkProbed()
    {
        for (var call = _blocked; call is not null; call = call.NextBlocked)
            call.IsProbed = true;
        for (var call = _invoked; call is not null; call = call.After)
            call.IsProbed = true;
        Unprobed = NewWaits = 0;
    }

    /// <summary>The context to resume in, or null where it is the loop's own.</summary>
    internal ExecutionContext? CaptureContext()
    {
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
    internal void Call(Hook hooks, Token? token = null)
    {
        Work? ordered = null;
        for (Work? hook = hooks; hook is not null;)
        {
            var next = hook.Next;
            hook.Next = ordered;
            ordered = hook;
            hook = next;
        }
        while (ordered is not null)
        {
            var next = ordered.Next;
            ordered.Next = null;
            var called = Unsafe.As<Hook>(ordered);
            if (token is not null)
                called.Bind(token);
            called.Completed(this);
            ordered = next;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Drain()
    {
        while (_chain.Count != 0)
            _chain.Take().Run(this);
    }
}

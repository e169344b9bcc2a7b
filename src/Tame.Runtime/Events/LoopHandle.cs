using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

/// <summary>
/// A handle that a part of a loop keeps until the event completes. Either it holds a lifeline, like a handle of the user's, or it is the only handle of a block's
/// only event, and holds the block. Use it on the thread of the loop that keeps it.
/// </summary>
internal readonly struct LoopHandle
{
    /// <summary>A lifeline or a block. Null for an empty event.</summary>
    private readonly Work? _keeper;

    public readonly long Number;

    public LoopHandle(Work? keeper, long number)
    {
        _keeper = keeper;
        Number = number;
    }

    public static implicit operator LoopHandle(Event e) => new(e.Lifeline, e.Number);

    public static implicit operator LoopHandle(KeptEvent e) => new(e.Block, e.Number);

    /// <summary>Whether this is the only handle of an event without a lifeline.</summary>
    public bool IsKept => _keeper is Block;

    /// <summary>The handle of an event with a lifeline.</summary>
    public Event Event => new(_keeper as Lifeline, Number);

    public bool IsPending => _keeper is Lifeline lifeline ? lifeline.IsPending(Number) : _keeper is Block block && block.First.Number == Number;

    /// <summary>The call that waits for an event without a lifeline. Null for one with a lifeline.</summary>
    public Closure? KeptBy => (_keeper as Block)?.Waiter;

    public bool Trigger() => Complete(null);

    public bool Trigger<T>(T value)
    {
        if (_keeper is Lifeline lifeline)
            return Completion.Trigger(lifeline, Number, value);
        if (_keeper is not Block block || block.First.Number != Number)
            return false;
        block.First.Write(value);
        return CompleteKept(block, null);
    }

    public bool Trigger<T1, T2>(T1 value1, T2 value2)
    {
        if (_keeper is Lifeline lifeline)
            return Completion.Trigger(lifeline, Number, value1, value2);
        if (_keeper is not Block block || block.First.Number != Number)
            return false;
        if (block.First.Set is { } set)
        {
            set.Write(0, value1);
            set.Write(1, value2);
        }
        return CompleteKept(block, null);
    }

    public bool Fail(Exception error) => Complete(error);

    /// <summary>Completes the event on the thread of a loop, which is usually its own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void CompleteIn(EventLoop loop)
    {
        if (_keeper is Lifeline lifeline)
        {
            if (!ReferenceEquals(lifeline.Loop, loop))
                Completion.Complete(lifeline, Number, null);
            else if (lifeline.CompleteLink(Number, null))
                loop.DrainChain();
        }
        else if (_keeper is not null && Unsafe.As<Block>(_keeper).CompleteKept(loop, Number, null))
        {
            loop.DrainChain();
        }
    }

    /// <summary>Calls a hook when the event completes. Returns false if it is complete or empty or belongs to another thread's loop.</summary>
    public bool OnCompleted(Hook hook)
    {
        if (_keeper is not Block block)
            return Event.OnCompleted(Event, hook);
        if (block.First.Number != Number)
            return false;
        hook.AddTo(ref block.First);
        return true;
    }

    /// <inheritdoc cref="Event.ReturnLifeline"/>
    public void ReturnLifeline()
    {
        if (_keeper is Lifeline lifeline)
            lifeline.ReturnAfter(Number);
    }

    private bool Complete(Exception? error)
    {
        if (_keeper is Lifeline lifeline)
            return Completion.Complete(lifeline, Number, error);
        return _keeper is Block block && block.First.Number == Number && CompleteKept(block, error);
    }

    private bool CompleteKept(Block block, Exception? error)
    {
        var loop = block.KeptIn;
        block.CompleteKept(loop, Number, error);
        loop.DrainChain();
        return true;
    }
}

using System.ComponentModel;

namespace Tame.CompilerServices;

/// <summary>Anything that a loop links, queues or keeps in a pool. Only the runtime derives from it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Work
{
    /// <summary>The link of the one list that holds this: the inbox, or an event's hooks.</summary>
    internal Work? Next;

    private protected Work()
    {
    }

    /// <summary>Its pool has no use for it any more.</summary>
    internal virtual void LeavePool()
    {
    }

    /// <summary>The loop's thread takes this from the inbox.</summary>
    internal virtual void Arrive(EventLoop loop) => Run(loop);

    /// <summary>The loop's thread takes this from the ready queue, or from the chain of completions.</summary>
    internal virtual void Run(EventLoop loop)
    {
    }

    /// <summary>The loop ended before its thread could run this; called there, outside of the loop.</summary>
    internal virtual void Drop(EventLoop loop)
    {
    }
}

using System.ComponentModel;

namespace Tame.CompilerServices;

/// <summary>The base class of everything that a loop queues or keeps in a pool. Only the runtime derives from it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Work
{
#if DEBUG
    /// <summary>True if it is in its pool. The flag uses a field that a free object does not need, so that objects are as large as in other builds.</summary>
    internal abstract bool IsFree { get; set; }
#endif

    private protected Work()
    {
    }

    /// <summary>Called when its pool drops it.</summary>
    internal virtual void LeavePool()
    {
    }

    /// <summary>The loop's thread takes this from the ready queue, or from the chain of completions.</summary>
    internal virtual void Run(EventLoop loop)
    {
    }

    /// <summary>
    /// Called instead of <see cref="Run"/> if the loop ended first. The thread that ends the loop calls it, after it has left the loop: usually the loop's own
    /// thread, or a thread of the pool if that thread has ended or the host of a guest runs no turn. A sender calls it on its own thread for a message that
    /// the ended loop did not accept.
    /// </summary>
    internal virtual void Drop(EventLoop loop)
    {
    }
}

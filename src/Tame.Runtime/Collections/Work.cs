using System.ComponentModel;

namespace Tame.CompilerServices;

/// <summary>Anything that a loop queues or keeps in a pool. Only the runtime derives from it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Work
{
#if DEBUG
    /// <summary>True if it is in its pool. The flag is stored where a free object has room for it, so that objects are as large as in other builds.</summary>
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

    /// <summary>The loop ended before its thread could run this. Called on that thread, outside the loop.</summary>
    internal virtual void Drop(EventLoop loop)
    {
    }
}

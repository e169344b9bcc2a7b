using System.ComponentModel;

namespace Tame.CompilerServices;

/// <summary>One per closure class: the names for diagnostics, and the index of its pool in each loop.</summary>
/// <param name="method">The tamed method's full name: <c>Demo.Resolver.MultiDns</c>.</param>
/// <param name="file">The file of its body.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ClosureType(string method, string file)
{
    internal readonly int Pool = PoolIndex.Take(isOfClosures: true);

    internal string Method { get; } = method;

    internal string File { get; } = file;

    /// <summary>A cleared closure from the pool of <see cref="EventLoop.Current"/>.</summary>
    /// <returns>The closure, or null when the pool is empty or this thread has no loop.</returns>
    public Closure? Rent()
    {
        var loop = LoopThread.Current;
        return loop is null ? null : System.Runtime.CompilerServices.Unsafe.As<Closure?>(loop.Pools.Rent(Pool));
    }
}

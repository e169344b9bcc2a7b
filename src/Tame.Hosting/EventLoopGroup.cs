using System.Collections;

namespace Tame.Hosting;

/// <summary>The event loops of a host, as its services see them. It is a singleton that <c>AddEventLoops</c> registers.</summary>
/// <remarks>
/// Any thread may use it, from the start of the host on. Services that start before the loops, since they were registered before <c>AddEventLoops</c>, must not use it in their StartAsync.
/// </remarks>
public sealed partial class EventLoopGroup : IReadOnlyList<EventLoop>
{
    private volatile HostedLoop[]? _loops;
    private uint _next;

    internal EventLoopGroup()
    {
    }

    /// <summary>How many loops there are.</summary>
    /// <exception cref="InvalidOperationException">The host has not started.</exception>
    public int Count => Started.Length;

    /// <summary>
    /// The loop whose turn it is: one after the other, without those that end or have ended by a failure. If none is left, it is one that has ended, whose calls fail.
    /// </summary>
    /// <exception cref="InvalidOperationException">The host has not started.</exception>
    public EventLoop Next
    {
        get
        {
            var loops = Started;
            for (int tries = 1; tries < loops.Length; tries++)
            {
                if (Turn(loops) is { IsEnding: false } loop)
                    return loop.Loop;
            }
            return Turn(loops).Loop;
        }
    }

    internal HostedLoop[]? LoopsOrNull => _loops;

    private HostedLoop[] Started => _loops ?? throw new InvalidOperationException(
        "The event loops do not run yet: they start with the host. Services that use EventLoopGroup when they start must be registered after AddEventLoops.");

    /// <summary>The loop with this number.</summary>
    /// <param name="index">The number, from zero.</param>
    /// <exception cref="InvalidOperationException">The host has not started.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such loop.</exception>
    public EventLoop this[int index]
    {
        get
        {
            var loops = Started;
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, loops.Length);
            return loops[index].Loop;
        }
    }

    /// <summary>The loop of a key, the same one for equal keys while the host runs: what belongs to a key needs no lock then.</summary>
    /// <typeparam name="TKey">The type of the key.</typeparam>
    /// <param name="key">The key. Its hash code chooses the loop.</param>
    /// <returns>The loop, also if a failure has ended it.</returns>
    /// <exception cref="InvalidOperationException">The host has not started.</exception>
    public EventLoop For<TKey>(TKey key)
        where TKey : notnull
    {
        var loops = Started;
        return loops[(uint)EqualityComparer<TKey>.Default.GetHashCode(key) % (uint)loops.Length].Loop;
    }

    /// <summary>The loops in the order of their numbers.</summary>
    /// <returns>The loops.</returns>
    public IEnumerator<EventLoop> GetEnumerator() => Started.Select(loop => loop.Loop).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Start(HostedLoop[] loops) => _loops = loops;

    private HostedLoop Turn(HostedLoop[] loops) => loops[(Interlocked.Increment(ref _next) - 1) % (uint)loops.Length];
}

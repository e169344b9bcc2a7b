using System.Collections;

namespace Tame.Hosting;

/// <summary>The event loops of a host, for use by its services. It is a singleton that <c>AddEventLoops</c> registers.</summary>
/// <remarks>
/// Any thread may use it after the host has started. Services that were registered before <c>AddEventLoops</c> start before the loops, so they must not use
/// it in their StartAsync.
/// </remarks>
public sealed partial class EventLoopGroup : IReadOnlyList<EventLoop>
{
    private volatile HostedLoop[]? _loops;
    private uint _next;

    internal EventLoopGroup()
    {
    }

    /// <summary>The number of loops.</summary>
    /// <exception cref="InvalidOperationException">The host has not started.</exception>
    public int Count => Started.Length;

    /// <summary>
    /// The next loop in turn. Loops that are ending, or that a failure has ended, are skipped. If no other loop is left, it returns one that is ending or has
    /// ended; calls on an ended loop fail.
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
        "The event loops do not run yet, because they start with the host. Register services that use EventLoopGroup when they start after AddEventLoops.");

    /// <summary>Gets the loop with this number.</summary>
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

    /// <summary>Gets the loop for a key. It is the same loop for equal keys while the host runs, so that the data of a key needs no lock.</summary>
    /// <typeparam name="TKey">The type of the key.</typeparam>
    /// <param name="key">The key. Its hash code chooses the loop.</param>
    /// <returns>The loop, even if a failure has ended it.</returns>
    /// <exception cref="InvalidOperationException">The host has not started.</exception>
    public EventLoop For<TKey>(TKey key)
        where TKey : notnull
    {
        var loops = Started;
        return loops[(uint)EqualityComparer<TKey>.Default.GetHashCode(key) % (uint)loops.Length].Loop;
    }

    /// <summary>Enumerates the loops in the order of their numbers.</summary>
    /// <returns>The loops.</returns>
    public IEnumerator<EventLoop> GetEnumerator() => Started.Select(loop => loop.Loop).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Start(HostedLoop[] loops) => _loops = loops;

    private HostedLoop Turn(HostedLoop[] loops) => loops[(Interlocked.Increment(ref _next) - 1) % (uint)loops.Length];
}

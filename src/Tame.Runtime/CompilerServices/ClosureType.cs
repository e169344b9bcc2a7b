using System.ComponentModel;
using System.Globalization;

namespace Tame.CompilerServices;

/// <summary>The description of one closure class: names for diagnostics, wait points, and the index of its pool in each loop.</summary>
/// <param name="method">The full name of the tamed method, such as <c>Demo.Resolver.MultiDns</c>.</param>
/// <param name="file">The file of its body.</param>
/// <param name="line">The line of the body's name.</param>
/// <param name="waits">A line of text for each wait, ordered by state and read on demand, such as <c>2 at 54: twait(r);</c>, with the state and the line of the
/// user's file.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ClosureType(string method, string file, int line, string waits)
{
    internal readonly int Pool = PoolIndex.Take(isOfClosures: true);
    private Dictionary<int, WaitPoint>? _waits;
    private int _size;

    internal string Method { get; } = method;

    internal string File { get; } = file;

    /// <summary>Takes a cleared closure from the pool of <see cref="EventLoop.Current"/>.</summary>
    /// <returns>The closure, or null if the pool is empty or this thread has no loop.</returns>
    public Closure? Rent()
    {
        var loop = LoopThread.Current;
        return loop is null ? null : System.Runtime.CompilerServices.Unsafe.As<Closure?>(loop.Pools.Rent(Pool));
    }

    /// <summary>The wait point of a state: a wait from one, 0 for the entry, -1 for the end. Safe on any thread.</summary>
    internal WaitPoint WaitPoint(int state) => state switch
    {
        > 0 => (_waits ??= WaitPoints()).GetValueOrDefault(state) ?? new WaitPoint(WaitPointKind.Wait, Method, state, File, line, ""),
        0 => new WaitPoint(WaitPointKind.Entry, Method, 0, File, line, ""),
        _ => new WaitPoint(WaitPointKind.End, Method, -1, File, line, ""),
    };

    /// <summary>The size of a closure of this type in bytes, measured once.</summary>
    internal int SizeOf(Closure call) => _size != 0 ? _size : _size = call.MeasureSize();

    private Dictionary<int, WaitPoint> WaitPoints() =>
        waits.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(WaitPoint).ToDictionary(point => point.State);

    private WaitPoint WaitPoint(string wait)
    {
        int at = wait.IndexOf(" at ", StringComparison.Ordinal), colon = wait.IndexOf(": ", StringComparison.Ordinal);
        return new WaitPoint(WaitPointKind.Wait, Method, Number(wait.AsSpan(0, at)), File, Number(wait.AsSpan(at + 4, colon - at - 4)), wait[(colon + 2)..]);
    }

    private static int Number(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}

using System.Text;

namespace Tame.Language.Tests;

/// <summary>What a tamed body did, in order.</summary>
public sealed class Trace
{
    private readonly StringBuilder _text = new();

    public void Add(object? what) => _text.Append(_text.Length == 0 ? "" : " ").Append(what);

    public override string ToString() => _text.ToString();

    /// <summary>
    /// Runs a tamed method on a loop of its own, under virtual time, until its event has completed. Afterwards everything must be back in its
    /// pool, but for the events that the method leaves behind, neither joined nor cancelled: only the collector brings them back.
    /// </summary>
    public static string Of(Action<Trace, Event> method, int left = 0)
    {
        var trace = new Trace();
        EventLoop? loop = null;
        EventLoop.Run(
            done =>
            {
                loop = EventLoop.Current;
                method(trace, done);
            },
            new EventLoopOptions { VirtualTime = true });
#if DEBUG
        Assert.InRange(loop!.Outside.Values.Sum(), 0, left);     // the collector may have brought them back
#endif
        return trace.ToString();
    }
}

using System.Text;

namespace Tame.Language.Tests;

/// <summary>What a tamed body did, in order.</summary>
public sealed class Trace
{
    private readonly StringBuilder _text = new();

    public void Add(object? what) => _text.Append(_text.Length == 0 ? "" : " ").Append(what);

    public override string ToString() => _text.ToString();

    /// <summary>Runs a tamed method on a loop of its own, under virtual time, until its event has completed.</summary>
    public static string Of(Action<Trace, Event> method)
    {
        var trace = new Trace();
        EventLoop.Run(done => method(trace, done), new EventLoopOptions { VirtualTime = true });
        return trace.ToString();
    }
}

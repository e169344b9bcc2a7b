using Tame.CompilerServices;

namespace Tame.Runtime.Tests.Coordination;

/// <summary>The ways in which an event can complete while it waits in a line, other than by its turn.</summary>
internal static class WaysOut
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(1);

    public static TheoryData<string> All { get; } = ["trigger", "unblock", "fail", "at trigger", "timeout", "timer", "cancel", "exception"];

    /// <summary>Makes an event wait, completes it in the named way, and checks the result, within a run in virtual time.</summary>
    public static void Check(string way, Call c, Action<Event<int>> wait, Action check)
    {
        Leave(way, c, wait);
        if (way is "timeout" or "timer")
            Call.Blocks(c.Make(1), inner => Primitives.timer(2 * s_limit, inner.Make(1)), _ => check());
        else
            check();
    }

    private static void Leave(string way, Call c, Action<Event<int>> wait)
    {
        if (way == "exception")
        {
            LeaveByException(wait);
            return;
        }
        var r = new Rendezvous();
        var e = c.Make(r, Slot<int>.Discard, 1);
        wait(e);
        Assert.True(e.IsPending);
        switch (way)
        {
            case "trigger": e.Trigger(1); break;
            case "unblock": e.Unblock(); break;
            case "fail": e.Fail(new InvalidOperationException()); break;
            case "at trigger": TriggerBehind(c.Make(r, 1), e); break;
            case "timeout": e.WithTimeout(s_limit); break;
            case "timer": Primitives.timer(s_limit, e.Unblocker); break;
            default: r.Cancel(); break;
        }
    }

    private static void TriggerBehind(Event first, Event<int> e)
    {
        first.AtTrigger(e.Unblocker);
        first.Trigger();
    }

    /// <summary>An exception leaves the block whose event waits.</summary>
    private static void LeaveByException(Action<Event<int>> wait) =>
        Assert.Throws<FormatException>(() => Call.Start(inner =>
        {
            inner.EnterBlock();
            wait(inner.Make(inner.Slot(ref inner.A), 1));
            throw new FormatException();
        }));
}

using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Tame.Testing;

/// <summary>The checks of a test whose body has ended. For the loop's thread, before the loop ends unless a member says otherwise.</summary>
internal sealed class TestEnd
{
    /// <summary>The largest number of looks for losses, one a millisecond, while other loops of the process collect garbage.</summary>
    private const int MostLooks = 200;

    /// <summary>How long to wait for another thread to report the end of a task.</summary>
    private static readonly TimeSpan s_arrival = TimeSpan.FromMilliseconds(500);
    private readonly EventLoop _loop;
    private readonly Place _place;

    public TestEnd(EventLoop loop, Place place)
    {
        (_loop, _place) = (loop, place);
        Settle();
    }

    /// <summary>Finds lost events that calls wait for.</summary>
    public void LookForLosses(LostEventDetection detection)
    {
        if (detection == LostEventDetection.Off || !_loop.IsVirtual)
            return;
        for (int look = 0; look < MostLooks && _loop.Calls.BlockedCount != 0 && !_loop.HasLookedForLosses; look++)
        {
            if (look != 0)
                Thread.Sleep(1);    // another loop is collecting garbage
            _loop.LookForLosses();
            Settle();
        }
    }

    /// <summary>Throws if calls, timers, events or tasks are left.</summary>
    public void CheckLeft(Place at)
    {
        for (long began = Stopwatch.GetTimestamp(); _loop.Holds.Work != 0 && Stopwatch.GetElapsedTime(began) < s_arrival; Settle())
            Thread.Sleep(1);
        var now = _loop.Statistics;
        var holds = _loop.Holds;
        string[] left =
        [
            .. Left(now.BlockedCalls, "call that waits", "calls that wait"),
            .. Left(now.LiveCalls - now.BlockedCalls, "call that can run", "calls that can run"),
            .. Left(now.Timers, "timer", "timers"),
            .. Left(now.DescriptorWaits, "wait for a descriptor", "waits for descriptors"),
            .. Left(now.EventsMade - now.EventsCompleted, "pending event", "pending events"),
            .. Left(holds.Work, "unfinished task", "unfinished tasks"),
            .. Left(holds.Explicit, "hold of EventLoop.HoldTime", "holds of EventLoop.HoldTime"),
        ];
        if (left.Length == 0)
            return;
        throw Words.Failure(
            _loop,
            at,
            $"NothingLeft at {at} failed: the body of the test at {_place} has ended and leaves {string.Join(", ", left)}.",
            "Close, dispose or cancel everything that the test has started, and wait for its end.");
    }

    /// <summary>Throws if a debug build of the runtime counts objects outside their pools. For a loop that has ended.</summary>
    public static void CheckPools(EventLoop loop, Place at)
    {
#if DEBUG
        if (loop.Outside.Count != 0)
            throw new LoopAssertException($"NothingLeft at {at} failed: these objects were not returned to their pools: {string.Join(", ", loop.Outside.Select(kind => $"{kind.Value} {kind.Key}"))}.", at, []);
#endif
    }

    /// <summary>Throws if events were lost, even if the body caught the exception. For a loop that has ended.</summary>
    public static void CheckLost(EventLoop loop, Place place)
    {
        var now = loop.Statistics;
        if (now.EventsLost == 0)
            return;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"The test at {place} lost {Words.Count(now.EventsLost, "event")}, though its body ended:\n");
        foreach (var loss in now.LastLosses)
            text.Append(CultureInfo.InvariantCulture, $"  {loss.Message}\n");
        text.Append("Trigger or fail each event on every path, or set TestLoopOptions.AllowLostEvents.");
        throw new LoopAssertException(text.ToString(), place, []);
    }

    /// <summary>Runs everything that can run without time passing.</summary>
    private void Settle()
    {
        using (_loop.HoldTime())
        {
            while (_loop.RunOnce())
            {
            }
        }
    }

    private static string[] Left(long count, string one, string many) => count switch
    {
        <= 0 => [],
        1 => [$"1 {one}"],
        _ => [string.Create(CultureInfo.InvariantCulture, $"{count} {many}")],
    };
}

using Tame.CompilerServices;

namespace Tame;

/// <summary>Finds which waiting call of a loop waits for which. Used for reports, on the loop's thread.</summary>
internal static class WaitGraph
{
    /// <summary>Describes the waiting calls, the longest waiting first.</summary>
    /// <param name="loop">Their loop.</param>
    /// <param name="now">The loop's coarse time in milliseconds.</param>
    public static List<BlockedCall> Of(EventLoop loop, long now)
    {
        var calls = loop.BlockedCalls();
        List<BlockedCall> blocked =
            [.. calls.Select(call => new BlockedCall(call.Type.Method, call.Type.File, call.Line, TimeSpan.FromMilliseconds(CallRegistry.Elapsed(call, now))))];
        var places = new Dictionary<Closure, int>();
        for (int i = 0; i < calls.Count; i++)
            places.Add(calls[i], i);
        var waitsFor = new SortedSet<int>?[calls.Count];
        var search = new WaiterSearch(loop);
        for (int i = 0; i < calls.Count; i++)
        {
            int[] waiters = [.. search.WaitersOf(calls[i]).Select(waiter => places[waiter]).Order()];
            blocked[i].IsWaitedForByRun = search.FoundRun;
            blocked[i].WaitedForBy = Array.ConvertAll(waiters, waiter => blocked[waiter]).AsReadOnly();
            foreach (int waiter in waiters)
                (waitsFor[waiter] ??= []).Add(i);
        }
        for (int i = 0; i < calls.Count; i++)
        {
            if (waitsFor[i] is { } callees)
                blocked[i].WaitsFor = callees.Select(callee => blocked[callee]).ToArray().AsReadOnly();
        }
        return blocked;
    }
}

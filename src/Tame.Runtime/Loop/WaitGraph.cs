using Tame.CompilerServices;

namespace Tame;

/// <summary>Which blocked call of a loop waits for which. Made for reports, on the loop's thread.</summary>
internal static class WaitGraph
{
    /// <summary>Describes the calls that wait, the longest waiting first.</summary>
    /// <param name="loop">Their loop.</param>
    /// <param name="now">The loop's coarse time in milliseconds.</param>
    public static List<BlockedCall> Of(EventLoop loop, long now)
    {
        var calls = loop.BlockedCalls();
        List<BlockedCall> blocked =
            [.. calls.Select(call => new BlockedCall(call.Type.Method, call.Type.File, call.Line, TimeSpan.FromMilliseconds(CallRegistry.Elapsed(call, now))))];
        var waitsFor = new Dictionary<Closure, List<BlockedCall>>();
        var search = new WaiterSearch(loop);
        for (int i = 0; i < calls.Count; i++)
        {
            foreach (var waiter in search.WaitersOf(calls[i]))
            {
                if (!waitsFor.TryGetValue(waiter, out var callees))
                    waitsFor.Add(waiter, callees = []);
                callees.Add(blocked[i]);
            }
        }
        for (int i = 0; i < calls.Count; i++)
        {
            if (waitsFor.TryGetValue(calls[i], out var callees))
                blocked[i].WaitsFor = callees.AsReadOnly();
        }
        return blocked;
    }
}

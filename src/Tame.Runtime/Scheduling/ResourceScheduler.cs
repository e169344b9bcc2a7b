using Tame.CompilerServices;

namespace Tame;

/// <summary>
/// Implements <see cref="SchedulingPolicy.ResourceAware"/>. It has a queue for each wait point, and runs the one whose calls take least of a scarce resource.
/// While no resource is scarce, calls stay in the loop's ready queue. Use it on the loop's thread.
/// </summary>
internal sealed class ResourceScheduler(EventLoop loop, LoopResources resources, TimeSpan longest)
{
    private readonly Dictionary<(int Type, int State), ScheduledNode> _nodes = [];

    /// <summary>Nodes that have calls.</summary>
    private readonly List<ScheduledNode> _active = [];
    private readonly double[] _before = new double[resources.Count];
    private readonly double[] _taken = new double[resources.Count];
    private readonly Alarm _alarm = new(loop);
    private long _order;

    /// <summary>When the oldest call last had its turn, by the coarse clock. The next oldest call has been passed over since then.</summary>
    private long _served = long.MinValue / 2;

    /// <summary>The number of ready calls that are here, not in the loop's ready queue.</summary>
    public int Count { get; private set; }

    /// <summary>The ready calls that are here.</summary>
    public IEnumerable<Closure> Calls => _active.SelectMany(node => node.Ready).OrderBy(ready => ready.Order).Select(ready => ready.Call);

    /// <summary>The work that runs next, or null if nothing may run.</summary>
    public Work? Next()
    {
        if (!resources.IsAnyScarce)
        {
            return Count != 0 ? TakeOldest(Oldest()) : loop.Ready.Count != 0 ? loop.Ready.Take() : null;
        }
        while (loop.Ready.Count != 0)
        {
            var work = loop.Ready.Take();
            if (work is not Closure call)
                return work;
            Add(call);
        }
        if (Count == 0)
            return null;
        var oldest = Oldest();
        long waited = loop.Coarse - Math.Max(oldest.Ready.Peek().Since, _served);
        if (waited >= longest.TotalMilliseconds)
            return TakeOldest(oldest);
        var least = Least(out double need);
        if (need <= 0)
            return ReferenceEquals(least, oldest) ? TakeOldest(oldest) : Take(least);
        if (!CanBeGivenBack())
            return TakeOldest(oldest);
        _alarm.Set(TimeSpan.FromMilliseconds(resources.Measures ? LoopResources.MeasuringInterval : longest.TotalMilliseconds - waited));
        return null;
    }

    /// <summary>Runs work, and records what it took.</summary>
    public void Run(Work work)
    {
        if (work is not Closure call)
        {
            Execute(work);
            return;
        }
        var node = NodeOf(call);
        var all = resources.All;
        for (int i = 0; i < all.Length; i++)
            _before[i] = all[i].Taken(loop);
        Execute(call);
        bool hasEnded = !call.IsSuspended;
        for (int i = 0; i < all.Length; i++)
            _taken[i] = Note(call, all[i], i, all[i].Taken(loop) - _before[i], hasEnded);
        node.Note(_taken);
    }

    /// <summary>Called at the end of the loop. Everything that can run goes back to the loop's ready queue, in order of arrival.</summary>
    public void End()
    {
        Work[] left = [.. Calls, .. Enumerable.Range(0, loop.Ready.Count).Select(_ => loop.Ready.Take()).ToArray()];
        Array.ForEach(left, loop.AddReady);
        _active.Clear();
        _nodes.Clear();
        Count = 0;
        _alarm.Clear();
    }

    private void Execute(Work work)
    {
        if (loop.Recorder is { } recorder)
            recorder.Run(work);
        else
            work.Run(loop);
    }

    /// <summary>Updates the account of a call, and returns what the stretch took.</summary>
    private double Note(Closure call, Resource resource, int index, double taken, bool hasEnded)
    {
        var held = call.Holding;
        if (held is null && taken > resource.LeastTaken && !hasEnded)
            held = call.NeedHolding(resources.Count);
        if (held is null)
            return hasEnded && resource.EndsWithCall ? 0 : taken;
        double before = held[index];
        double after = hasEnded ? 0 : Math.Max(0, before + taken);
        held[index] = after;
        resource.Holders += (after > resource.LeastTaken ? 1 : 0) - (before > resource.LeastTaken ? 1 : 0);
        return hasEnded && resource.EndsWithCall ? -before : taken;
    }

    private void Add(Closure call)
    {
        var node = NodeOf(call);
        if (node.Ready.Count == 0)
            _active.Add(node);
        node.Ready.Enqueue(new ScheduledCall(call, _order++, loop.Coarse));
        Count++;
        CountHolder(call, 1);
    }

    private Closure TakeOldest(ScheduledNode node)
    {
        _served = loop.Coarse;
        return Take(node);
    }

    private Closure Take(ScheduledNode node)
    {
        var call = node.Ready.Dequeue().Call;
        if (node.Ready.Count == 0)
            _active.Remove(node);
        Count--;
        CountHolder(call, -1);
        return call;
    }

    private void CountHolder(Closure call, int change)
    {
        if (call.Holding is not { } held)
            return;
        var all = resources.All;
        for (int i = 0; i < all.Length; i++)
            all[i].ReadyHolders += held[i] > all[i].LeastTaken ? change : 0;
    }

    /// <summary>True if a call that has taken of a scarce resource is running or waiting elsewhere, not here for its turn.</summary>
    private bool CanBeGivenBack()
    {
        foreach (var resource in resources.All)
        {
            if (resource.IsScarce && resource.Holders > resource.ReadyHolders)
                return true;
        }
        return false;
    }

    private ScheduledNode Oldest()
    {
        var oldest = _active[0];
        foreach (var node in _active)
        {
            if (node.Ready.Peek().Order < oldest.Ready.Peek().Order)
                oldest = node;
        }
        return oldest;
    }

    private ScheduledNode Least(out double need)
    {
        var least = _active[0];
        need = double.PositiveInfinity;
        foreach (var node in _active)
        {
            double other = node.Need(resources.All);
            if (other > need || other == need && node.Ready.Peek().Order > least.Ready.Peek().Order)
                continue;
            (least, need) = (node, other);
        }
        return least;
    }

    private ScheduledNode NodeOf(Closure call)
    {
        var key = (call.Type.Pool, call.State);
        if (!_nodes.TryGetValue(key, out var node))
            _nodes.Add(key, node = new ScheduledNode(resources.Count));
        return node;
    }
}

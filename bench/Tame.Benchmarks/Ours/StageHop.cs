using Tame.Stages;

namespace Tame.Benchmarks.Ours;

/// <summary>Two stages on one loop: each item goes through both, and the hop between them is one operation.</summary>
internal sealed partial class StageHop
{
    private const int Chunk = 64;
    private Stage<int>? _first;
    private Stage<int>? _second;
    private Stage<int>? _queue;
    private long _sum;
    private int _left;

    public void Run(int operations)
    {
        _sum = 0;
        _second ??= Make("second", Add);
        _first ??= Make("first", Forward);
        Loops.Run(() => All(operations / 2));       // an item makes two hops: into the first stage, and from there into the second
        Check(operations / 2);
    }

    /// <summary>Items that find the stage at work: they are queued, and handled in a turn of the loop.</summary>
    public void RunQueued(int operations)
    {
        _sum = 0;
        _left = operations;
        _queue ??= Make("queue", Enqueue);
        Loops.Run(() => _queue.TryEnqueue(0));
    }

    public void RunCalls(int operations)
    {
        _sum = 0;
        Loops.Run(() => AllCalls(operations));
        Check(operations);
    }

    private static Stage<int> Make(string name, StageHandler<int> handler)
    {
        _ = EventLoop.Current ?? new EventLoop();
        return Stage.OnLoop(name, handler);
    }

    private void Check(int items)
    {
        if (_sum != (long)items * (items - 1) / 2) throw new InvalidOperationException($"The sum of the items is {_sum}.");
    }

    [Tamed]
    private partial void All(int items);

    private void AllBody(int items)
    {
        for (var i = 0; i < items; i++)
            if (_first!.TryEnqueue(i) != EnqueueOutcome.Accepted)
                throw new InvalidOperationException("The stage refused an item.");
        Loops.Stop();
    }

    [Tamed]
    private partial void AllCalls(int items);

    private void AllCallsBody(int items)
    {
        for (var i = 0; i < items; i++)
            twait(e => Add(i, e));
        Loops.Stop();
    }

    [Tamed]
    private partial void Forward(int item, Event done);

    private void ForwardBody(int item, Event done)
    {
        _second!.TryEnqueue(item);
        done.Trigger();
    }

    [Tamed]
    private partial void Add(int item, Event done);

    private void AddBody(int item, Event done)
    {
        _sum += item;
        done.Trigger();
    }

    /// <summary>The first of a chunk of items queues the next one, while it is at work itself.</summary>
    [Tamed]
    private partial void Enqueue(int item, Event done);

    private void EnqueueBody(int item, Event done)
    {
        if (--_left == 0)
            Loops.Stop();
        else if (item == 0)
            for (var i = 1; i <= Chunk; i++)
                _queue!.TryEnqueue(i % Chunk);
        done.Trigger();
    }
}

using Tame.Stages;

namespace Tame.Benchmarks.Ours;

/// <summary>A tamed call on this thread's loop sends items to a stage on another thread.</summary>
internal sealed partial class StageThreads(int capacity)
{
    private static Event s_end;
    private Stage<int>? _onLoop;
    private Stage<int>? _onThread;
    private long _sum;

    public void RunLoop(int operations) => Run(_onLoop ??= Stage.OnLoop<int>("loop", Add, new() { Capacity = capacity, Loops = [Start()] }), operations);

    public void RunThread(int operations) => Run(_onThread ??= Stage.OnThreads<int>("thread", Add, new() { Capacity = capacity }), operations);

    private void Run(Stage<int> stage, int operations)
    {
        _sum = 0;
        Loops.Run(() => All(stage, operations));
        if (_sum != (long)operations * (operations - 1) / 2) throw new InvalidOperationException($"The sum of the items is {_sum}.");
    }

    /// <summary>A loop on another thread, for as long as the process lives.</summary>
    private static EventLoop Start()
    {
        var made = new TaskCompletionSource<EventLoop>();
        new Thread(() => EventLoop.Run(done => Keep(done, made))) { IsBackground = true }.Start();
        return made.Task.Result;
    }

    /// <summary>While the event is held, the loop runs on.</summary>
    private static void Keep(Event done, TaskCompletionSource<EventLoop> made)
    {
        s_end = done;
        made.SetResult(EventLoop.Current!);
    }

    [Tamed]
    private partial void All(Stage<int> stage, int items);

    private void AllBody(Stage<int> stage, int items)
    {
        for (var i = 0; i < items - 1; i++)
            if (stage.TryEnqueue(i) != EnqueueOutcome.Accepted)
                twait(e => stage.Enqueue(i, e), out EnqueueOutcome _);
        twait(e => stage.Enqueue(items - 1, e, Event<EnqueueOutcome>.Detached));
        Loops.Stop();
    }

    private void Add(int item, Event done)
    {
        Add(item);
        done.Trigger();
    }

    private void Add(int item) => _sum += item;
}

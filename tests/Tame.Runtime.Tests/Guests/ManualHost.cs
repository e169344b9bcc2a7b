using System.Collections.Concurrent;

namespace Tame.Runtime.Tests.Guests;

/// <summary>A host whose turns a test makes, on its own thread.</summary>
internal sealed class ManualHost : EventLoopHost
{
    private readonly ConcurrentQueue<EventLoop> _scheduled = new();

    /// <summary>How many turns are asked for.</summary>
    public int Count => _scheduled.Count;

    /// <summary>What the host was told that nothing handled.</summary>
    public List<Exception> Unhandled { get; } = [];

    /// <summary>Code of a test runs where turns do.</summary>
    public bool IsInlined { get; set; }

    /// <summary>Turns are asked for in vain: what the host throws.</summary>
    public Exception? Refusal { get; set; }

    protected internal override bool IsHere => IsInlined;

    /// <summary>Makes turns until none is asked for. Returns how many.</summary>
    public int RunAll()
    {
        int turns = 0;
        for (; _scheduled.TryDequeue(out var loop); turns++)
            loop.RunTurn();
        return turns;
    }

    /// <summary>Makes one turn, if one is asked for.</summary>
    public void RunOne()
    {
        if (_scheduled.TryDequeue(out var loop))
            loop.RunTurn();
    }

    /// <summary>Makes turns until a task has ended, which may take time.</summary>
    public void RunUntil(Task task)
    {
        long due = Environment.TickCount64 + (long)Loops.Hang.TotalMilliseconds;
        while (!task.IsCompleted && Environment.TickCount64 < due)
        {
            if (RunAll() == 0)
                Thread.Sleep(1);
        }
        Assert.True(task.IsCompleted, "The task hangs.");
    }

    protected internal override void Schedule(EventLoop loop)
    {
        if (Refusal is { } refusal)
            throw refusal;
        _scheduled.Enqueue(loop);
    }

    protected internal override void OnUnhandled(EventLoop loop, Exception error) => Unhandled.Add(error);
}

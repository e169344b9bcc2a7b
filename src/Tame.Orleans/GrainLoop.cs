using Orleans;
using Orleans.Runtime;

namespace Tame.Orleans;

/// <summary>Holds the event loop of one activation. It is a component of the activation's context. Any thread may use it.</summary>
internal sealed class GrainLoop(IGrainContext context, TaskScheduler scheduler, SiloLoops silo)
{
    private readonly Lock _lock = new();
    private EventLoop? _loop;
    private bool _isOver;

    /// <summary>The loop. It is created on first use. After the end of the activation, it is a loop that has ended.</summary>
    /// <exception cref="SiloUnavailableException">The silo is stopping, and has ended the loop.</exception>
    public EventLoop Loop
    {
        get
        {
            var loop = Volatile.Read(ref _loop);
            if (silo.IsStopping && loop is not { Completion.IsCompleted: false })
                throw new SiloUnavailableException($"The silo is stopping, and has ended the event loop of {context.GrainId}.");
            return loop ?? Make();
        }
    }

    /// <summary>Ends the loop when the lifecycle of the activation stops, before the lifecycle stages that started earlier.</summary>
    public void Observe(IGrainLifecycle lifecycle) =>
        lifecycle.Subscribe("Tame's event loop", GrainLifecycleStage.Last, static _ => Task.CompletedTask, End);

    /// <summary>Ends the loop, if it exists. Its calls are cancelled, and may clean up until the token is cancelled or their time is over.</summary>
    public async Task End(CancellationToken cancellationToken)
    {
        EventLoop? loop;
        lock (_lock)
        {
            _isOver = true;
            loop = _loop;
        }
        if (loop is null)
            return;
        await loop.StopAsync(cancellationToken).ConfigureAwait(false);
        silo.Remove(this);
    }

    private EventLoop Make()
    {
        lock (_lock)
        {
            if (_loop is { } made)
                return made;
            var loop = EventLoop.CreateGuest(new GrainHost(context, scheduler, silo), silo.OptionsFor(context));
            if (_isOver || !silo.TryAdd(this))
                loop.Stop();
            Volatile.Write(ref _loop, loop);
            return loop;
        }
    }
}

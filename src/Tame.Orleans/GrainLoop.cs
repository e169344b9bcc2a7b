using Orleans;
using Orleans.Runtime;

namespace Tame.Orleans;

/// <summary>The event loop of one activation: a component of its context. Any thread.</summary>
internal sealed class GrainLoop(IGrainContext context, TaskScheduler scheduler, SiloLoops silo)
{
    private readonly Lock _lock = new();
    private EventLoop? _loop;
    private bool _isOver;

    /// <summary>The loop, made when first asked for. Behind the end of the activation it is one that has ended.</summary>
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

    /// <summary>Ends the loop when the lifecycle of the activation stops, before all that has begun earlier.</summary>
    public void Observe(IGrainLifecycle lifecycle) =>
        lifecycle.Subscribe("Tame's event loop", GrainLifecycleStage.Last, static _ => Task.CompletedTask, End);

    /// <summary>Ends the loop, if there is one: its calls are cancelled, and may clean up until the token is cancelled or their time is over.</summary>
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

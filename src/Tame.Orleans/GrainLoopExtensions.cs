using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace Tame.Orleans;

/// <summary>Provides the event loop of a grain.</summary>
public static class GrainLoopExtensions
{
    /// <summary>
    /// Gets the event loop of this activation, which runs tamed code of the grain: <c>this.GetEventLoop().InvokeAsync&lt;long&gt;(sum => Add(3, 4, sum))</c>.
    /// </summary>
    /// <param name="grain">The grain, whose class has <see cref="TamedGrainAttribute"/>.</param>
    /// <returns>The loop. It is created by the first call, and further calls return the same loop.</returns>
    /// <inheritdoc cref="GetEventLoop(IGrainContext)"/>
    public static EventLoop GetEventLoop(this IGrainBase grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return grain.GrainContext.GetEventLoop();
    }

    /// <summary>
    /// Gets the event loop of an activation, for grains that do not implement <see cref="IGrainBase"/>: they get their <see cref="IGrainContext"/> in the
    /// constructor.
    /// </summary>
    /// <param name="context">The context of the grain, whose class has <see cref="TamedGrainAttribute"/>.</param>
    /// <returns>The loop. It is created by the first call, and further calls return the same loop.</returns>
    /// <exception cref="ArgumentNullException">The grain or its context is null.</exception>
    /// <exception cref="InvalidOperationException">
    /// The silo does not use Tame, or the grain's class has no <see cref="TamedGrainAttribute"/>. The message says which.
    /// </exception>
    /// <exception cref="SiloUnavailableException">The silo is stopping, and has ended the loops of its grains.</exception>
    /// <remarks>Any thread may call it. The loop runs its code in turns of the grain.</remarks>
    public static EventLoop GetEventLoop(this IGrainContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.GetComponent<GrainLoop>() is { } owner ? owner.Loop : throw WithoutLoop(context);
    }

    private static InvalidOperationException WithoutLoop(IGrainContext context)
    {
        string grain = context.GrainInstance?.GetType().ToString() ?? context.GrainId.ToString();
        if (context.ActivationServices.GetService<SiloLoops>() is null)
            return new InvalidOperationException($"GetEventLoop was called in {grain}, but this silo does not use Tame. Call 'silo.UseTame()' on the ISiloBuilder that configures it.");
        return context.GrainInstance is { } instance && TamedGrainComponents.IsTamed(instance.GetType())
            ? new InvalidOperationException($"GetEventLoop was called in {grain}, which is a [TamedGrain], but other code has set its IGrainActivator after 'silo.UseTame()'. Call UseTame last.")
            : new InvalidOperationException($"GetEventLoop was called in {grain}, whose class has no event loop. Write [TamedGrain] on the class.");
    }
}

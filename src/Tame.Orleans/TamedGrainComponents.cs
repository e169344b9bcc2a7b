using Orleans.Metadata;
using Orleans.Runtime;

namespace Tame.Orleans;

/// <summary>Wraps the activator of each grain class with <see cref="TamedGrainAttribute"/> in a <see cref="TamedGrainActivator"/>.</summary>
internal sealed class TamedGrainComponents(GrainClassMap classes, IServiceProvider services, SiloLoops loops) : IConfigureGrainTypeComponents
{
    public static bool IsTamed(Type grainClass) => grainClass.IsDefined(typeof(TamedGrainAttribute), inherit: true);

    public void Configure(GrainType grainType, GrainProperties properties, GrainTypeSharedContext shared)
    {
        if (!classes.TryGetGrainClass(grainType, out var grainClass) || !IsTamed(grainClass))
            return;
        var inner = shared.GetComponent<IGrainActivator>() ?? new DefaultGrainActivator(services, grainClass);
        shared.SetComponent<IGrainActivator>(new TamedGrainActivator(inner, loops));
    }
}

/// <summary>
/// Gives an activation its loop before its grain exists. At this point its lifecycle has not begun, so that it is still possible to subscribe. It is also the
/// only place that activations of stateless workers pass.
/// </summary>
internal sealed class TamedGrainActivator(IGrainActivator inner, SiloLoops loops) : IGrainActivator
{
    public object CreateInstance(IGrainContext context)
    {
        var loop = new GrainLoop(context, TaskScheduler.Current, loops);
        context.SetComponent(loop);
        loop.Observe(context.ObservableLifecycle);
        return inner.CreateInstance(context);
    }

    /// <summary>Ends the loop again here, because an activation that failed before it was ready has not run all stop stages of its lifecycle.</summary>
    public async ValueTask DisposeInstance(IGrainContext context, object instance)
    {
        if (context.GetComponent<GrainLoop>() is { } loop)
            await loop.End(CancellationToken.None).ConfigureAwait(true);
        await inner.DisposeInstance(context, instance).ConfigureAwait(true);
    }
}

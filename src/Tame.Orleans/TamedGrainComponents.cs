using Orleans.Metadata;
using Orleans.Runtime;

namespace Tame.Orleans;

/// <summary>Puts <see cref="TamedGrainActivator"/> before the activator of each grain class with <see cref="TamedGrainAttribute"/>.</summary>
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
/// Gives an activation its loop before there is a grain. Here its lifecycle has not begun, which is the last time to subscribe; and activations of stateless workers
/// come through here alone.
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

    /// <summary>An activation that failed before it was ready has not stopped all of its lifecycle.</summary>
    public async ValueTask DisposeInstance(IGrainContext context, object instance)
    {
        if (context.GetComponent<GrainLoop>() is { } loop)
            await loop.End(CancellationToken.None).ConfigureAwait(true);
        await inner.DisposeInstance(context, instance).ConfigureAwait(true);
    }
}

using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Tame.Orleans;

/// <summary>Sets up silos and clients for grains that run tamed code.</summary>
public static class TameSiloBuilderExtensions
{
    /// <summary>
    /// Gives an event loop to each activation of a grain class with <see cref="TamedGrainAttribute"/>, and ends the loop with the activation.
    /// </summary>
    /// <param name="silo">The silo.</param>
    /// <param name="options">
    /// Returns the options of an activation's loop. It runs in a turn of the grain, or on another thread if that thread is the first to get the loop. Options
    /// without a time provider mean the system's clock. If this parameter is null, the loops have the default options and use the time provider of the silo's
    /// services.
    /// </param>
    /// <returns>The silo.</returns>
    /// <remarks>
    /// <para>A loop runs in the turns of its activation. It ends when the grain's lifecycle stops, after <c>OnDeactivateAsync</c>. Calls that have not ended
    /// get an <see cref="OperationCanceledException"/>, and may wait while they clean up. When the silo stops, the loops of all its grains end first, so that
    /// requests that wait in tamed code do not delay the stop. <c>OnDeactivateAsync</c> then has no loop.</para>
    /// <para>An unhandled failure ends the loop and deactivates the grain. Its text is in the description of the <see cref="DeactivationReason"/>. Running
    /// requests are cancelled, and later requests go to the next activation.</para>
    /// <para>Call it after other code that sets an <see cref="IGrainActivator"/>. A second call only changes the options: the last options that were passed are
    /// used.</para>
    /// </remarks>
    /// <exception cref="ArgumentNullException">The silo is null.</exception>
    public static ISiloBuilder UseTame(this ISiloBuilder silo, Func<IGrainContext, EventLoopOptions>? options = null)
    {
        ArgumentNullException.ThrowIfNull(silo);
        if (options is not null)
            silo.Services.AddSingleton(new LoopOptionsSource(options));
        if (silo.Services.Any(static service => service.ServiceType == typeof(SiloLoops)))
            return silo;
        silo.Services.AddSingleton<SiloLoops>();
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(static services => services.GetRequiredService<SiloLoops>());
        silo.Services.AddSingleton<IConfigureGrainTypeComponents, TamedGrainComponents>();
        Failures.LetPass(silo.Services);
        return silo;
    }

    /// <summary>
    /// Lets a client receive exceptions of Tame, such as <see cref="LostEventException"/>, with their type. Without it, the client receives exceptions of
    /// another type, with the same message and stack trace.
    /// </summary>
    /// <param name="client">The client.</param>
    /// <returns>The client.</returns>
    /// <exception cref="ArgumentNullException">The client is null.</exception>
    public static IClientBuilder UseTame(this IClientBuilder client)
    {
        ArgumentNullException.ThrowIfNull(client);
        Failures.LetPass(client.Services);
        return client;
    }
}

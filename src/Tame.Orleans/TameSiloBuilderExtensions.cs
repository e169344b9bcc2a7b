using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Tame.Orleans;

/// <summary>Lets the grains of a silo run tamed code.</summary>
public static class TameSiloBuilderExtensions
{
    /// <summary>Gives each activation of a grain class with <see cref="TamedGrainAttribute"/> an event loop, and ends it with the activation.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="options">
    /// Returns the options of an activation's loop; null for the defaults, with the time provider of the silo's services. It runs in a turn of the grain, or on the thread that first asks for the
    /// loop. Options that it returns without a time provider mean the system's clock.
    /// </param>
    /// <returns>The silo.</returns>
    /// <remarks>
    /// <para>A loop runs in the turns of its activation. It ends when the grain's lifecycle stops, after <c>OnDeactivateAsync</c>: calls that have not ended get an
    /// <see cref="OperationCanceledException"/>, and may wait while they clean up. When the silo stops, the loops of all its grains end first, so requests that wait in
    /// tamed code do not hold it up; <c>OnDeactivateAsync</c> has no loop then.</para>
    /// <para>A failure that nothing handles ends the loop, and deactivates the grain: its text is in the description of the <see cref="DeactivationReason"/>. Requests
    /// that run are cancelled, and later ones go to the next activation.</para>
    /// <para>Call it after what sets an <see cref="IGrainActivator"/> of its own. A second call adds nothing, but the last options count.</para>
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

    /// <summary>Lets exceptions of Tame, such as <see cref="LostEventException"/>, arrive at a client as what they are. Without it they come as exceptions of another type, with the same message and trace.</summary>
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

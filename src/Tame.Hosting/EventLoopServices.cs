using System.Runtime.CompilerServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Tame.Hosting;

/// <summary>Adds event loops to a host.</summary>
public static class EventLoopServices
{
    /// <summary>Adds loops that run calls of services, which use <see cref="EventLoopGroup"/>. They start and stop with the host.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="count">The number of loops, each with its own thread.</param>
    /// <returns>The services.</returns>
    /// <exception cref="InvalidOperationException">The host already has event loops.</exception>
    public static IServiceCollection AddEventLoops(this IServiceCollection services, int count) => Add(services, count, start: null);

    /// <summary>Adds loops that each run a main, usually a tamed method: <c>services.AddEventLoops(2, Server.Main)</c>.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="count">The number of loops, each with its own thread.</param>
    /// <param name="main">
    /// The main of each loop. It receives its context, and an event, which it completes when its work is done. After that, its loop still runs calls. The
    /// host has started when each main waits for the first time. If main fails before that, the start of the host fails. A later failure ends the loop, and
    /// the host does what its BackgroundServiceExceptionBehavior says.
    /// </param>
    /// <returns>The services.</returns>
    /// <exception cref="InvalidOperationException">The host already has event loops.</exception>
    public static IServiceCollection AddEventLoops(this IServiceCollection services, int count, Action<EventLoopContext, Event> main)
    {
        ArgumentNullException.ThrowIfNull(main);
        return Add(services, count, context => context.Loop.InvokeAsync(done => main(context, done)));
    }

    /// <summary>Adds loops that each run an asynchronous main.</summary>
    /// <inheritdoc cref="AddEventLoops(IServiceCollection, int, Action{EventLoopContext, Event})"/>
    [OverloadResolutionPriority(1)]
    public static IServiceCollection AddEventLoops(this IServiceCollection services, int count, Func<EventLoopContext, Event, Task> main)
    {
        ArgumentNullException.ThrowIfNull(main);
        return Add(services, count, context => context.Loop.InvokeAsync(done => main(context, done)));
    }

    /// <summary>
    /// Reads options of the event loops from a section of the configuration, whose keys are the names of the options. If it sets the number of loops, call it
    /// after AddEventLoops.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="section">
    /// The section, for example <c>builder.Configuration.GetSection("EventLoops")</c>. A missing or empty section changes nothing.
    /// </param>
    /// <returns>The services.</returns>
    /// <remarks>
    /// If a key is not an option, or a value is invalid, the start of the host fails with an <see cref="OptionsValidationException"/> that names all of them.
    /// </remarks>
    public static IServiceCollection ConfigureEventLoops(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        return services.AddSingleton<IConfigureOptions<EventLoopHostingOptions>>(new SectionBinding(section));
    }

    /// <summary>
    /// Adds a check that each event loop of the host answers within <see cref="EventLoopHostingOptions.AnswerTimeout"/>. For each loop, its data has the
    /// number of waiting calls, the number of lost events, and the milliseconds that the answer took.
    /// </summary>
    /// <param name="builder">The builder that <c>services.AddHealthChecks()</c> returns.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="failureStatus">The status if a loop does not answer or has ended; null for <see cref="HealthStatus.Unhealthy"/>.</param>
    /// <param name="tags">Tags of the check; null for none.</param>
    /// <returns>The builder.</returns>
    public static IHealthChecksBuilder AddEventLoops(this IHealthChecksBuilder builder, string name = "event loops", HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name,
            static services => new EventLoopHealthCheck(services.GetRequiredService<EventLoopGroup>(), services.GetRequiredService<IOptions<EventLoopHostingOptions>>()),
            failureStatus,
            tags));
    }

    private static IServiceCollection Add(IServiceCollection services, int count, StartMain? start)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(service => service.ServiceType == typeof(EventLoopGroup)))
            throw new InvalidOperationException("AddEventLoops was already called: a host has one group of event loops. Run the other work on the same loops. Select them by index or with EventLoopGroup.For.");
        services.AddOptions();
        services.Configure<EventLoopHostingOptions>(options => options.Count = count);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EventLoopHostingOptions>, OptionsChecks>());
        services.AddSingleton(new EventLoopGroup());
        services.AddSingleton(new HostedMain(start));
        return services.AddHostedService<HostedLoops>();
    }
}

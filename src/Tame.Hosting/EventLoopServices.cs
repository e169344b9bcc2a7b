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
    /// <summary>Adds loops that take calls: <see cref="EventLoopGroup"/> is their service. They start and stop with the host.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="count">How many loops there are, each with its thread.</param>
    /// <returns>The services.</returns>
    /// <exception cref="InvalidOperationException">The host has event loops already.</exception>
    public static IServiceCollection AddEventLoops(this IServiceCollection services, int count) => Add(services, count, start: null);

    /// <summary>Adds loops that each run a main, usually a tamed method: <c>services.AddEventLoops(2, Server.Main)</c>.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="count">How many loops there are, each with its thread.</param>
    /// <param name="main">
    /// Gets what the host has for it, and an event, which it completes when its work is done; its loop goes on to take calls. The host has started when each main waits for the first time. What main
    /// fails with by then fails the start of the host; a later failure ends the loop, and does what the host's BackgroundServiceExceptionBehavior says.
    /// </param>
    /// <returns>The services.</returns>
    /// <exception cref="InvalidOperationException">The host has event loops already.</exception>
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

    /// <summary>Takes options of the event loops from a section of the configuration, whose keys are the names of the options. Call it after AddEventLoops, if it shall set the number of loops.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="section">The section, for example <c>builder.Configuration.GetSection("EventLoops")</c>. A missing or empty one changes nothing.</param>
    /// <returns>The services.</returns>
    /// <remarks>A key that is no option and a value that cannot be read fail the start of the host with an <see cref="OptionsValidationException"/> that names them.</remarks>
    public static IServiceCollection ConfigureEventLoops(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        return services.AddSingleton<IConfigureOptions<EventLoopHostingOptions>>(new SectionBinding(section));
    }

    /// <summary>
    /// Adds a check that each event loop of the host answers within <see cref="EventLoopHostingOptions.AnswerTimeout"/>. Its data has, for each loop, the number of calls that wait, of events that were
    /// lost, and how many milliseconds the answer took.
    /// </summary>
    /// <param name="builder">What <c>services.AddHealthChecks()</c> returns.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="failureStatus">What the check reports if a loop does not answer or has ended; null for <see cref="HealthStatus.Unhealthy"/>.</param>
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
            throw new InvalidOperationException("AddEventLoops was already called: a host has one group of event loops. Run the other work on the same loops, which you select by index or with EventLoopGroup.For.");
        services.AddOptions();
        services.Configure<EventLoopHostingOptions>(options => options.Count = count);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EventLoopHostingOptions>, OptionsChecks>());
        services.AddSingleton(new EventLoopGroup());
        services.AddSingleton(new HostedMain(start));
        return services.AddHostedService<HostedLoops>();
    }
}

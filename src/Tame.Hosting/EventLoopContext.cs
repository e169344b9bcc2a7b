namespace Tame.Hosting;

/// <summary>What the main of a hosted loop gets. A test may make one, and run the main on a loop in virtual time.</summary>
/// <param name="services">The services of this main.</param>
/// <param name="loop">The loop that main runs on.</param>
/// <param name="index">The number of the loop, from zero.</param>
/// <param name="stoppingToken">Is cancelled when the main has to come to its end.</param>
public sealed class EventLoopContext(IServiceProvider services, EventLoop loop, int index, CancellationToken stoppingToken)
{
    private volatile bool _asksForStop;

    /// <summary>The services of this main: a scope, which the host disposes of after the loop has ended. Singletons among them are used by the mains of all loops, on their threads.</summary>
    public IServiceProvider Services { get; } = services;

    /// <summary>The loop that main runs on.</summary>
    public EventLoop Loop { get; } = loop;

    /// <summary>The number of the loop, from zero.</summary>
    public int Index { get; } = index;

    /// <summary>
    /// Is cancelled when the stop of the host comes to the loops, on a thread of the host's. A main that has asked for it, or for <see cref="Stopping"/>, then has
    /// <see cref="EventLoopHostingOptions.DrainTimeout"/> to complete its event. The loop of another main ends at once.
    /// </summary>
    public CancellationToken StoppingToken
    {
        get
        {
            _asksForStop = true;
            return stoppingToken;
        }
    }

    /// <summary>Main has asked to be told of the stop.</summary>
    internal bool AsksForStop => _asksForStop;

    /// <summary>Triggers an event when the stop of the host comes to the loops: <c>twait(e => context.Stopping(e))</c>. See <see cref="StoppingToken"/>.</summary>
    /// <param name="e">The event. It may complete otherwise before, by a time limit for example.</param>
    public void Stopping(Event e)
    {
        var registration = StoppingToken.UnsafeRegister(static e => ((Event)e!).Trigger(), e);
        e.OnComplete(static registration => ((CancellationTokenRegistration)registration!).Unregister(), registration);
    }
}

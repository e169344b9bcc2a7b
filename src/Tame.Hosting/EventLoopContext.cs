namespace Tame.Hosting;

/// <summary>The services and the loop that the main of a hosted loop receives. A test can create one, and run the main on a loop with virtual time.</summary>
/// <param name="services">The services for this main.</param>
/// <param name="loop">The loop that main runs on.</param>
/// <param name="index">The number of the loop, from zero.</param>
/// <param name="stoppingToken">A token that is cancelled when the main must end.</param>
public sealed class EventLoopContext(IServiceProvider services, EventLoop loop, int index, CancellationToken stoppingToken)
{
    private volatile bool _asksForStop;

    /// <summary>
    /// The services for this main, in a scope that the host disposes of after the loop has ended. The mains of all loops use the same singletons, each on its
    /// own thread.
    /// </summary>
    public IServiceProvider Services { get; } = services;

    /// <summary>The loop that main runs on.</summary>
    public EventLoop Loop { get; } = loop;

    /// <summary>The number of the loop, from zero.</summary>
    public int Index { get; } = index;

    /// <summary>
    /// A token that is cancelled, on a thread of the host, when the host stops the loops. If main has read it or has called <see cref="Stopping"/>, main then
    /// has <see cref="EventLoopHostingOptions.DrainTimeout"/> to complete its event. Otherwise its loop ends at once.
    /// </summary>
    public CancellationToken StoppingToken
    {
        get
        {
            _asksForStop = true;
            return stoppingToken;
        }
    }

    /// <summary>Whether main wants to be notified of the stop.</summary>
    internal bool AsksForStop => _asksForStop;

    /// <summary>Triggers an event when the host stops the loops: <c>twait(e => context.Stopping(e))</c>. See <see cref="StoppingToken"/>.</summary>
    /// <param name="e">The event. Something else may complete it first, such as a time limit.</param>
    public void Stopping(Event e)
    {
        var registration = StoppingToken.UnsafeRegister(static e => ((Event)e!).Trigger(), e);
        e.OnComplete(static registration => ((CancellationTokenRegistration)registration!).Unregister(), registration);
    }
}

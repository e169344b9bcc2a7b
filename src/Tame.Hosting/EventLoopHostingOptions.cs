using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Tame.Hosting;

/// <summary>
/// Options for the event loops of a host. Set them in code with <c>services.Configure&lt;EventLoopHostingOptions&gt;(…)</c>, or bind a section of the
/// configuration with <see cref="EventLoopServices.ConfigureEventLoops"/>. The host checks them when it starts.
/// </summary>
public sealed class EventLoopHostingOptions
{
    internal const int MostLoops = 1024;

    /// <summary>The number of loops, each with its own thread. The default is 1, and the maximum is 1,024.</summary>
    public int Count { get; set; } = 1;

    /// <summary>The beginning of the names of the loops and of their threads. A number from 1 follows. The default is <c>hosted</c>.</summary>
    public string Name { get; set; } = "hosted";

    /// <summary>
    /// How long each main that uses <see cref="EventLoopContext.Stopping"/> or <see cref="EventLoopContext.StoppingToken"/> may continue after the host has
    /// begun to stop. Then its loop ends. The default is 10 seconds. <see cref="Timeout.InfiniteTimeSpan"/> means as long as the host waits.
    /// </summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long the <c>finally</c> blocks of calls may take when a loop ends: <see cref="EventLoopOptions.ExitTimeout"/>. The default is 5 seconds.
    /// </summary>
    /// <remarks>The host's ShutdownTimeout, 30 seconds by default, should be longer than the sum of this and <see cref="DrainTimeout"/>.</remarks>
    public TimeSpan ExitTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The time above which a turn of a loop is logged. The default is 500 milliseconds. With <see cref="Timeout.InfiniteTimeSpan"/>, no turn is logged, and
    /// the loops need not measure their turns.
    /// </summary>
    public TimeSpan SlowTurn { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a loop may take to answer the health check. The default is 1 second.</summary>
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>When the loops look for lost events: <see cref="EventLoopOptions.LostEvents"/>.</summary>
    public LostEventDetection LostEvents { get; set; }

    /// <summary>Whether each call of a tamed method gets a span: <see cref="EventLoopOptions.TraceCalls"/>.</summary>
    public bool TraceCalls { get; set; }

    /// <summary>
    /// Creates the options of each loop from its index, to set options that this class does not have. <see cref="Name"/>, <see cref="ExitTimeout"/>,
    /// <see cref="LostEvents"/>, and <see cref="TraceCalls"/> are then not used. The default is null. The host calls it when it starts.
    /// </summary>
    public Func<int, EventLoopOptions>? LoopOptions { get; set; }

    internal EventLoopOptions OptionsOf(int index) => LoopOptions?.Invoke(index) ?? new EventLoopOptions
    {
        Name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Name} {index + 1}"),
        ExitTimeout = ExitTimeout,
        LostEvents = LostEvents,
        TraceCalls = TraceCalls,
    };
}

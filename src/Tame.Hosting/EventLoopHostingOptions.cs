using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Tame.Hosting;

/// <summary>
/// How a host runs its event loops. Set them in code with <c>services.Configure&lt;EventLoopHostingOptions&gt;(…)</c>, or bind a section of the configuration with
/// <see cref="EventLoopServices.ConfigureEventLoops"/>. They are checked when the host starts.
/// </summary>
public sealed class EventLoopHostingOptions
{
    internal const int MostLoops = 1024;

    /// <summary>How many loops there are, each with its thread: 1 by default, and 1,024 at most.</summary>
    public int Count { get; set; } = 1;

    /// <summary>What the names of the loops and of their threads begin with; a number from 1 follows. <c>hosted</c> by default.</summary>
    public string Name { get; set; } = "hosted";

    /// <summary>
    /// How long each main may go on after the stop of the host has begun, if it has asked for <see cref="EventLoopContext.Stopping"/> or <see cref="EventLoopContext.StoppingToken"/>. Then its
    /// loop ends. 10 seconds by default; <see cref="Timeout.InfiniteTimeSpan"/> for as long as the host waits.
    /// </summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the calls of a loop that ends may take for their <c>finally</c> blocks: <see cref="EventLoopOptions.ExitTimeout"/>. 5 seconds by default.</summary>
    /// <remarks>The host's ShutdownTimeout, 30 seconds by default, should be longer than this and <see cref="DrainTimeout"/> together.</remarks>
    public TimeSpan ExitTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Turns of a loop that take longer than this are logged. 500 milliseconds by default. With <see cref="Timeout.InfiniteTimeSpan"/> no turn is logged, and the loops do not measure their turns
    /// for it.
    /// </summary>
    public TimeSpan SlowTurn { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a loop may take to answer the health check: 1 second by default.</summary>
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>When the loops look for lost events: <see cref="EventLoopOptions.LostEvents"/>.</summary>
    public LostEventDetection LostEvents { get; set; }

    /// <summary>Each call of a tamed method gets a span: <see cref="EventLoopOptions.TraceCalls"/>.</summary>
    public bool TraceCalls { get; set; }

    /// <summary>
    /// Makes the options of each loop from its index, for what this class does not have. Then <see cref="Name"/>, <see cref="ExitTimeout"/>, <see cref="LostEvents"/> and <see cref="TraceCalls"/> are
    /// not used. Null by default. It is called when the host starts.
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

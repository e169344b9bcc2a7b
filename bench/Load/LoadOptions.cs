using System.Net;

namespace Tame.Load;

/// <summary>What a run sends, how fast and for how long.</summary>
public sealed record LoadOptions
{
    /// <summary>Where the server listens.</summary>
    public required EndPoint Server { get; init; }

    /// <summary>Whole requests, head and body. Each client takes them at random.</summary>
    public required IReadOnlyList<byte[]> Requests { get; init; }

    /// <summary>How often each request is taken, in proportion to the others; null takes all equally often.</summary>
    public IReadOnlyList<double>? Weights { get; init; }

    /// <summary>The number of clients. Each has at most one request in progress.</summary>
    public int Clients { get; init; } = 64;

    /// <summary>Requests a second over all clients, at constant intervals; 0 sends the next request of a client when its answer is there.</summary>
    public double Rate { get; init; }

    /// <summary>How many requests a connection carries before its client opens another; 0 is no limit.</summary>
    public int RequestsPerConnection { get; init; }

    /// <summary>How long a client waits between an answer and its next request, where there is no rate.</summary>
    public TimeSpan Think { get; init; }

    /// <summary>How long requests count.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long requests are sent before they count.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>After this time without a whole answer a request has failed, and its connection is reset.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Seed of the choice among requests.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// Whether the loop looks at the clock again and again while it waits for the next moment to send. It takes a core, and sends within a few microseconds. Timers of
    /// the loop, which are used otherwise, are late by up to a millisecond.
    /// </summary>
    public bool Spins { get; init; } = true;
}

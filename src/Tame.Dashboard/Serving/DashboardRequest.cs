using System.Net;

namespace Tame.Dashboards.Serving;

/// <summary>The parts of a request that the page's server needs, from any HTTP server.</summary>
internal sealed record DashboardRequest(string Method, string Path)
{
    /// <summary>Without the question mark.</summary>
    public string Query { get; init; } = "";

    /// <summary>The field Host, with or without a port.</summary>
    public string? Host { get; init; }

    public IPAddress? Remote { get; init; }

    /// <summary>The field X-Tame-Token.</summary>
    public string? Token { get; init; }

    /// <summary>The field Sec-Fetch-Site, which browsers send and scripts cannot set.</summary>
    public string? Site { get; init; }
}

/// <summary>An answer of known length.</summary>
internal sealed record DashboardAnswer(int Status, string ContentType, ReadOnlyMemory<byte> Body)
{
    public string? Allow { get; init; }

    public static DashboardAnswer Text(int status, string text) => new(status, "text/plain; charset=utf-8", System.Text.Encoding.UTF8.GetBytes($"{text}\n"));

    /// <summary>The fields of every answer: the page may load only from its own server, may not be framed, and is not cached.</summary>
    public static readonly IReadOnlyList<KeyValuePair<string, string>> Fields =
    [
        new("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
        new("X-Content-Type-Options", "nosniff"),
        new("Referrer-Policy", "no-referrer"),
        new("Cross-Origin-Resource-Policy", "same-origin"),
    ];
}

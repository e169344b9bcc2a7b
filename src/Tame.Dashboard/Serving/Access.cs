using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Tame.Dashboards.Serving;

/// <summary>Decides which requests are allowed.</summary>
internal sealed class Access(DashboardOptions options)
{
    /// <summary>The token that a request needs to change something. It is printed when the dashboard starts.</summary>
    public string Token { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <returns>The answer to a refused request; null for an allowed one.</returns>
    public DashboardAnswer? Refuse(DashboardRequest request)
    {
        if (IPAddress.IsLoopback(options.Host) && request.Remote is { } remote && !IPAddress.IsLoopback(remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote))
            return DashboardAnswer.Text(403, "This page answers only programs on its own machine.");
        if (!IsKnown(request.Host))
            return DashboardAnswer.Text(403, "This page does not answer requests for this host name. Use an IP address, or add the name to DashboardOptions.HostNames.");
        if (request.Site is "cross-site" or "same-site" && request.Path != "/")
            return DashboardAnswer.Text(403, "Other sites may not read this page.");
        return null;
    }

    /// <summary>Compares in constant time.</summary>
    public bool HasToken(DashboardRequest request) =>
        request.Token is { } token && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(Token));

    /// <summary>An attacker can make a name resolve to this machine, but cannot do so with an address.</summary>
    private bool IsKnown(string? host)
    {
        if (host is null)
            return false;
        int colon = host.LastIndexOf(':');
        string name = colon > host.LastIndexOf(']') ? host[..colon] : host;
        return IPAddress.TryParse(name.Trim('[', ']'), out _) || name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || options.HostNames.Contains(name, StringComparer.OrdinalIgnoreCase);
    }
}

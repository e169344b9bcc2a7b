using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Tame.Dashboards.Serving;

/// <summary>Decides who may ask.</summary>
internal sealed class Access(DashboardOptions options)
{
    /// <summary>What a request has to send that changes something. It is printed when the dashboard starts.</summary>
    public string Token { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <returns>The answer to a request that is refused; null for one that is welcome.</returns>
    public DashboardAnswer? Refuse(DashboardRequest request)
    {
        if (IPAddress.IsLoopback(options.Host) && request.Remote is { } remote && !IPAddress.IsLoopback(remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote))
            return DashboardAnswer.Text(403, "This page is for programs of its own machine.");
        if (!IsKnown(request.Host))
            return DashboardAnswer.Text(403, "This page does not answer to that name. Ask by address, or add the name to DashboardOptions.HostNames.");
        if (request.Site is "cross-site" or "same-site" && request.Path != "/")
            return DashboardAnswer.Text(403, "Another site may not read this.");
        return null;
    }

    /// <summary>Compares in a time that does not depend on where the texts differ.</summary>
    public bool HasToken(DashboardRequest request) =>
        request.Token is { } token && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(Token));

    /// <summary>A name that a stranger owns may lead here; an address cannot.</summary>
    private bool IsKnown(string? host)
    {
        if (host is null)
            return false;
        int colon = host.LastIndexOf(':');
        string name = colon > host.LastIndexOf(']') ? host[..colon] : host;
        return IPAddress.TryParse(name.Trim('[', ']'), out _) || name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || options.HostNames.Contains(name, StringComparer.OrdinalIgnoreCase);
    }
}

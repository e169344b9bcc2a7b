using System.Net;

namespace Tame.Dashboards;

/// <summary>How a dashboard is served.</summary>
public sealed record DashboardOptions
{
    /// <summary>The address to listen on: the loopback address by default, so that only programs of this machine reach it. In ASP.NET Core the application listens, and an address other than a loopback one lets other machines ask.</summary>
    public IPAddress Host { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = IPAddress.Loopback;

    /// <summary>
    /// Names by which browsers may ask for the page besides addresses and <c>localhost</c>, for example behind a proxy. A request by any other name is refused, so that a site whose name leads to this machine cannot read the page.
    /// </summary>
    public IReadOnlyList<string> HostNames { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = [];

    /// <summary>What the page is headed with; the name of the program by default.</summary>
    public string Title { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = AppDomain.CurrentDomain.FriendlyName;

    /// <summary>Where the address and the token are printed when the dashboard starts; the standard error stream by default, null for nowhere.</summary>
    public TextWriter? Output { get; init; } = Console.Error;

    /// <summary>What the profile of the loop is switched to where it is off when the dashboard starts: <see cref="ProfileMode.Sampled"/> by default. Without a profile the page shows which call waits for which, and no traffic and no costs.</summary>
    public ProfileMode Profile { get; init; } = ProfileMode.Sampled;

    /// <summary>With more visible nodes, methods are collapsed to a node each. 150 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public int MaxNodes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = 150;

    /// <summary>How many pages may be open at a time. 16 by default; further ones get status 503.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public int MaxViewers
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = 16;
}

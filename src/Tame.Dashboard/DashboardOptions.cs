using System.Net;

namespace Tame.Dashboards;

/// <summary>Options of a dashboard.</summary>
public sealed record DashboardOptions
{
    /// <summary>The address to listen on: the loopback address by default, so that only programs of this machine reach it. In ASP.NET Core the application listens, and an address other than a loopback address allows requests from other machines.</summary>
    public IPAddress Host { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = IPAddress.Loopback;

    /// <summary>
    /// Names under which browsers may request the page, in addition to addresses and <c>localhost</c>, for example behind a proxy. Requests with other names are refused, so that a site whose name leads to this machine cannot read the page.
    /// </summary>
    public IReadOnlyList<string> HostNames { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = [];

    /// <summary>The title of the page; the name of the program by default.</summary>
    public string Title { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = AppDomain.CurrentDomain.FriendlyName;

    /// <summary>Where the address and the token are printed when the dashboard starts; the standard error stream by default, null to print nothing.</summary>
    public TextWriter? Output { get; init; } = Console.Error;

    /// <summary>The mode that the profile of the loop gets if it is off when the dashboard starts: <see cref="ProfileMode.Sampled"/> by default. Without a profile the page shows which call waits for which, but no traffic and no costs.</summary>
    public ProfileMode Profile { get; init; } = ProfileMode.Sampled;

    /// <summary>With more visible nodes than this, each method is collapsed to one node. 150 by default.</summary>
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

    /// <summary>The largest number of open pages. 16 by default; further ones get status 503.</summary>
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

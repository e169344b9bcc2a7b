using System.Net;

namespace Tame.Dashboards;

/// <summary>Options of a dashboard.</summary>
public sealed record DashboardOptions
{
    /// <summary>
    /// The address to listen on. The default is the loopback address, so that only programs on this machine can reach the page. In ASP.NET Core, the
    /// application listens, and an address other than a loopback address allows requests from other machines.
    /// </summary>
    public IPAddress Host { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = IPAddress.Loopback;

    /// <summary>
    /// Host names under which browsers may request the page, in addition to addresses and <c>localhost</c>, for example behind a proxy. Requests with other
    /// names are refused, so that a site whose name resolves to this machine cannot read the page.
    /// </summary>
    public IReadOnlyList<string> HostNames { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = [];

    /// <summary>The title of the page. The default is the name of the program.</summary>
    public string Title { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = AppDomain.CurrentDomain.FriendlyName;

    /// <summary>The writer that prints the address and the token when the dashboard starts. The default is standard error; null prints nothing.</summary>
    public TextWriter? Output { get; init; } = Console.Error;

    /// <summary>
    /// The mode to which the dashboard sets the loop's profile when it starts, if the profile is off. The default is <see cref="ProfileMode.Sampled"/>.
    /// Without a profile, the page shows which call waits for which, but no traffic and no costs.
    /// </summary>
    public ProfileMode Profile { get; init; } = ProfileMode.Sampled;

    /// <summary>The number of visible nodes above which each method is collapsed to one node. The default is 150.</summary>
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

    /// <summary>The maximum number of open pages. The default is 16; further pages get status 503.</summary>
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

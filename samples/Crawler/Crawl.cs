using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace CrawlerProgram;

/// <summary>The options of a crawl.</summary>
/// <param name="Window">How many pages are fetched at a time.</param>
/// <param name="PerHost">How many of them from one host.</param>
/// <param name="Tries">How often each page is tried.</param>
/// <param name="MaxPages">The most pages.</param>
public sealed record CrawlOptions(int Window = 16, int PerHost = 4, int Tries = 3, int MaxPages = 10_000)
{
    /// <summary>The time limit of each attempt.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>A page, or the reason why it is missing.</summary>
public sealed record Page(Uri Address, int Status, long Bytes, string? Failure);

/// <summary>Fetches a page and all pages on the same machine that it links to, with limits on how many at a time, in all and per host. Each has a time limit and several tries.</summary>
public sealed partial class Crawl(Uri start, CrawlOptions options)
{
    private readonly Queue<Uri> _ahead = new();
    private readonly HashSet<Uri> _seen = [];
    private readonly Dictionary<string, CountingSemaphore> _hosts = [];
    private readonly List<Page> _pages = [];

    /// <summary>The pages so far.</summary>
    public IReadOnlyList<Page> Pages => _pages;

    /// <summary>The number of known addresses.</summary>
    public int Known => _seen.Count;

    /// <summary>Crawls. The function is called after each page.</summary>
    [Tamed] public partial void Run(Action<Crawl> progress, Event done);

    private void RunBody(Action<Crawl> progress, Event done)
    {
        Add(start);
        using var fetches = new Rendezvous();
        int under = 0;
        while (under != 0 || _ahead.Count != 0)
        {
            for (; under < options.Window && _ahead.TryDequeue(out var next); under++)
                Visit(next, mkevent(fetches));
            twait(fetches);
            under--;
            progress(this);
        }
        done.Trigger();
    }

    [Tamed] private partial void Visit(Uri address, Event done);

    private void VisitBody(Uri address, Event done)
    {
        if (!_hosts.TryGetValue(address.Authority, out var host))
            _hosts.Add(address.Authority, host = new CountingSemaphore(options.PerHost));
        twait(e => host.Acquire(e));
        try
        {
            twait(e => Fetch(address, e), out Response response);
            _pages.Add(new Page(address, response.Status, response.Body.Length, null));
            if (response.Status == 200 && response.ContentType.StartsWith("text/html", StringComparison.OrdinalIgnoreCase))
                AddLinks(address, Encoding.UTF8.GetString(response.Body));
        }
        catch (Exception error) when (CanHappen(error))
        {
            _pages.Add(new Page(address, 0, 0, error.Message));
        }
        finally
        {
            host.Release();
        }
        done.Trigger();
    }

    private void Fetch(Uri address, Event<Response> got) =>
        Retry.Run<Response>(e => Http.Get(address, e.WithTimeout(options.TimeLimit)), new RetryOptions { MaxTries = options.Tries, ShouldRetry = CanHappen }, got);

    private static bool CanHappen(Exception error) => error is SocketException or IOException or TimeoutException or InvalidDataException or FormatException or ObjectDisposedException;

    private void AddLinks(Uri page, string html)
    {
        foreach (Match link in Links().Matches(html))
        {
            if (Uri.TryCreate(page, link.Groups[1].Value, out var address) && address.Scheme == "http" && address.Host == start.Host)
                Add(new Uri(address.GetLeftPart(UriPartial.Query)));
        }
    }

    private void Add(Uri address)
    {
        if (_seen.Count < options.MaxPages && _seen.Add(address))
            _ahead.Enqueue(address);
    }

    [GeneratedRegex("""(?:href|src)\s*=\s*["']([^"'#]+)""", RegexOptions.IgnoreCase)]
    private static partial Regex Links();
}

using System.Globalization;
using System.Net;

namespace MultiDns;

/// <summary>Runs the three forms one after the other and prints for each the found addresses, the time, and the number of lookups at once.</summary>
internal static partial class Report
{
    [Tamed]
    public static partial void Compare(string[] names, int window, TimeSpan limit, TextWriter output, Event done);

    private static void CompareBody(string[] names, int window, TimeSpan limit, TextWriter output, Event done)
    {
        (string Title, Action<IPAddress?[], GetHost, Event> Run)[] forms =
        [
            ("one at a time", (addrs, getHost, e) => Listings.MultiDns(names, addrs, getHost, e)),
            ("all at once", (addrs, getHost, e) => Listings.MultiDnsParallel(names, addrs, getHost, e)),
            ($"window of {window}", (addrs, getHost, e) => Listings.MultiDnsWindowed(names, addrs, window, getHost, e)),
        ];
        var time = EventLoop.Current!.TimeProvider;

        // The first lookup of a process loads the resolver. That time must not count for the first form.
        using (twait())
            new Lookups(Lookups.Resolve, limit).GetHost("localhost", mkevent(out IPAddress? _));

        foreach (var (title, run) in forms)
        {
            var lookups = new Lookups(Lookups.Resolve, limit);
            var addrs = new IPAddress?[names.Length];
            long start = time.GetTimestamp();
            using (twait())
                run(addrs, lookups.GetHost, mkevent());
            Print(output, title, names, addrs, lookups, time.GetElapsedTime(start));
        }
        done.Trigger();
    }

    private static void Print(TextWriter output, string title, string[] names, IPAddress?[] addrs, Lookups lookups, TimeSpan elapsed)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{title}: {elapsed.TotalMilliseconds:F1} ms, at most {lookups.Peak} in flight"));
        for (int i = 0; i < names.Length; i++)
            output.WriteLine($"  {names[i]}: {addrs[i]?.ToString() ?? lookups.Errors[names[i]]}");
    }
}

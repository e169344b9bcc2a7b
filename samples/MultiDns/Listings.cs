using System.Net;

namespace MultiDns;

/// <summary>Looks up one name and triggers <paramref name="address"/>, with null if there is no address.</summary>
internal delegate void GetHost(string name, Event<IPAddress?> address);

/// <summary>The paper's three ways to look up many names. They differ in the position of the wait.</summary>
/// <remarks>Source: multidns_tame and its parallel and windowed forms, "Events Can Make Sense", USENIX ATC 2007.</remarks>
internal static partial class Listings
{
    /// <summary>One at a time: the wait is inside the loop.</summary>
    [Tamed]
    public static partial void MultiDns(string[] names, IPAddress?[] addrs, GetHost getHost, Event done);

    private static void MultiDnsBody(string[] names, IPAddress?[] addrs, GetHost getHost, Event done)
    {
        for (int i = 0; i < names.Length; i++)
            using (twait()) getHost(names[i], mkevent(out addrs[i]));
        done.Trigger();
    }

    /// <summary>All at once: the loop is inside the wait.</summary>
    [Tamed]
    public static partial void MultiDnsParallel(string[] names, IPAddress?[] addrs, GetHost getHost, Event done);

    private static void MultiDnsParallelBody(string[] names, IPAddress?[] addrs, GetHost getHost, Event done)
    {
        #region parallel
        using (twait())
            for (int i = 0; i < names.Length; i++)
                getHost(names[i], mkevent(out addrs[i]));
        #endregion
        done.Trigger();
    }

    /// <summary>Never more than <paramref name="window"/> at once: a rendezvous, joined one event at a time.</summary>
    #region windowed
    [Tamed]
    public static partial void MultiDnsWindowed(string[] names, IPAddress?[] addrs, int window, GetHost getHost, Event done);

    private static void MultiDnsWindowedBody(string[] names, IPAddress?[] addrs, int window, GetHost getHost, Event done)
    {
        int sent = 0, received = 0;
        var r = new Rendezvous();
        while (received < names.Length)
            if (sent < names.Length && sent - received < window)
            {
                getHost(names[sent], mkevent(r, out addrs[sent]));
                sent++;
            }
            else
            {
                twait(r);
                received++;
            }
        done.Trigger();
    }
    #endregion
}

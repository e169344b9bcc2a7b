using System.Net;
using System.Net.Sockets;

namespace MultiDns;

/// <summary>Looks up names with <paramref name="resolve"/> and a time limit of <paramref name="limit"/>, and counts them.</summary>
internal sealed partial class Lookups(GetHost resolve, TimeSpan limit)
{
    public int InFlight { get; private set; }

    /// <summary>The largest number of lookups in progress at once.</summary>
    public int Peak { get; private set; }

    /// <summary>The reason why a name has no address, by name.</summary>
    public Dictionary<string, string> Errors { get; } = [];

    /// <summary>Never fails: a name without an address triggers null, and the reason is in <see cref="Errors"/>.</summary>
    [Tamed]
    public partial void GetHost(string name, Event<IPAddress?> address);

    private void GetHostBody(string name, Event<IPAddress?> address)
    {
        Peak = Math.Max(Peak, ++InFlight);
        IPAddress? found = null;
        bool inTime = false;
        try
        {
            using (twait())
                resolve(name, Composability.AddTimeout<IPAddress?>(limit, mkevent(out inTime, out found)));
            if (!inTime)
                Errors[name] = $"no answer within {limit.TotalSeconds:0.###} s";
            else if (found is null)
                Errors[name] = "has no address";
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            Errors[name] = e.Message;
        }
        InFlight--;
        address.Trigger(found);
    }

    /// <summary>Asks the network of this loop, and takes the first address it finds.</summary>
    public static void Resolve(string name, Event<IPAddress?> address) => Network.Current.Resolve(name, address.Map((IPAddress[] all) => all[0]));
}

using System.Net;
using System.Net.Sockets;

namespace Tame.IO;

/// <summary>Connects by name.</summary>
public static partial class ConnectingByName
{
    /// <summary>The time after which RFC 8305 tries the next address while others have not answered.</summary>
    private static readonly TimeSpan s_attemptDelay = TimeSpan.FromMilliseconds(250);

    /// <summary>Looks up a host and connects to the first of its addresses that answers ("happy eyeballs", RFC 8305).</summary>
    /// <param name="network">The network.</param>
    /// <param name="host">The name of the host, or an address as text.</param>
    /// <param name="port">The port, 1 to 65,535.</param>
    /// <param name="connected">
    /// Gets the connection. If no address answers, it gets the failure of the first; <see cref="FailureExtensions.OtherFailures"/> has the others. If something else completes the event first, all attempts
    /// are cancelled.
    /// </param>
    /// <remarks>
    /// The addresses are tried in the order in which they were found, alternating between IPv4 and IPv6. The next attempt starts when one has failed, or after 250 ms, in parallel to the earlier attempts. Both kinds of
    /// addresses are looked up together, so that the first attempt waits for both answers.
    /// </remarks>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The port is out of range.</exception>
    public static void Connect(this Network network, string host, int port, Event<Connection> connected)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentException.ThrowIfNullOrEmpty(host);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, IPEndPoint.MaxPort);
        Find(network, host, port, connected);
    }

    /// <summary>Alternates between addresses of both families, beginning with the family of the first.</summary>
    internal static IPAddress[] InTurns(IPAddress[] addresses)
    {
        var first = new Queue<IPAddress>(addresses.Where(address => address.AddressFamily == addresses[0].AddressFamily));
        var second = new Queue<IPAddress>(addresses.Where(address => address.AddressFamily != addresses[0].AddressFamily));
        var turns = new List<IPAddress>();
        while (turns.Count < addresses.Length)
        {
            if (first.TryDequeue(out var address))
                turns.Add(address);
            if (second.TryDequeue(out address))
                turns.Add(address);
        }
        return [.. turns];
    }

    [Tamed]
    private static partial void Find(Network network, string host, int port, Event<Connection> connected);

    private static void FindBody(Network network, string host, int port, Event<Connection> connected)
    {
        twait(e => network.Resolve(host, e), out IPAddress[] addresses);
        if (addresses.Length == 0)
            throw NetworkErrors.Failed($"looking up '{host}'", SocketError.NoData);
        Try(network, InTurns(addresses), port, connected);
    }

    private static void Try(Network network, IPAddress[] addresses, int port, Event<Connection> connected)
    {
        int next = 0;
        Hedge.Run(
            attempt => network.Connect(new IPEndPoint(addresses[next++], port), attempt),
            new HedgeOptions { Delay = s_attemptDelay, MaxTries = addresses.Length },
            connected);
    }
}

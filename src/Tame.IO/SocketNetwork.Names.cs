using System.Net;

namespace Tame.IO;

/// <summary>Names.</summary>
public partial class SocketNetwork
{
    private readonly NameCache _names;

    /// <inheritdoc/>
    /// <remarks>Concurrent calls for the same name share one lookup. Its result is kept for a short time: see <see cref="SocketNetworkOptions.NameLifetime"/>. Failures are not kept.</remarks>
    public sealed override void Resolve(string host, Event<IPAddress[]> resolved)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        if (IPAddress.TryParse(host, out var address))
            resolved.Trigger([address]);
        else
            _names.Resolve(host, resolved);
    }

    /// <summary>Removes the addresses of all names. Thread-safe.</summary>
    public void ClearNames() => _names.Clear();

    /// <summary>Looks up a name, on any thread. The default asks the system.</summary>
    /// <param name="host">The name; never an address.</param>
    protected virtual Task<IPAddress[]> LookUp(string host) => Dns.GetHostAddressesAsync(host);

    /// <summary>The lookup, for the cache.</summary>
    internal Task<IPAddress[]> Ask(string host) => LookUp(host);
}

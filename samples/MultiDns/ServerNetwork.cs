using System.Net;
using System.Net.Sockets;
using DnsClient;
using Tame.IO;

namespace MultiDns;

/// <summary>The system's network, except that it looks up names at one DNS server, through the package DnsClient.</summary>
#region server
internal sealed class ServerNetwork(IPEndPoint server, SocketNetworkOptions? options = null) : SocketNetwork(options)
{
    private readonly LookupClient _client = new(new LookupClientOptions(server) { UseCache = false, ThrowDnsErrors = true });

    protected override async Task<IPAddress[]> LookUp(string host)
    {
        try
        {
            var answers = await Task.WhenAll(_client.QueryAsync(host, QueryType.A), _client.QueryAsync(host, QueryType.AAAA));
            return [.. answers.SelectMany(answer => answer.Answers.AddressRecords()).Select(record => record.Address)];
        }
        catch (DnsResponseException error)
        {
            throw new SocketException((int)(error.Code == DnsResponseCode.NotExistentDomain ? SocketError.HostNotFound : SocketError.TryAgain));
        }
    }
}
#endregion

using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Tame.Samples.Tests.MultiDns;

/// <summary>A small DNS server: it knows IPv4 addresses by name, and takes one question at a time.</summary>
/// <remarks>Source: the messages are those of RFC 1035, section 4.</remarks>
internal static partial class DnsServer
{
    private const int HeaderLength = 12;
    private const int TypeOfAddress = 1;

    /// <summary>Answers what comes until the socket is closed; then <paramref name="done"/> fails.</summary>
    [Tamed]
    public static partial void Serve(Datagrams socket, IReadOnlyDictionary<string, IPAddress[]> hosts, Event done);

    private static void ServeBody(Datagrams socket, IReadOnlyDictionary<string, IPAddress[]> hosts, Event done)
    {
        var buffer = new byte[512];
        while (true)
        {
            twait(e => socket.Receive(buffer, e), out int count, out EndPoint client);
            byte[] answer = Answer(buffer.AsSpan(0, count), hosts);
            twait(e => socket.Send(answer, client, e));
        }
    }

    private static byte[] Answer(ReadOnlySpan<byte> query, IReadOnlyDictionary<string, IPAddress[]> hosts)
    {
        var labels = new List<string>();
        int place = HeaderLength;
        while (query[place] != 0)
        {
            labels.Add(Encoding.ASCII.GetString(query.Slice(place + 1, query[place])));
            place += query[place] + 1;
        }
        int type = BinaryPrimitives.ReadUInt16BigEndian(query[(place + 1)..]);
        var question = query[HeaderLength..(place + 5)];
        bool isKnown = hosts.TryGetValue(string.Join('.', labels), out var addresses);
        IPAddress[] found = type == TypeOfAddress ? addresses ?? [] : [];

        // The number of the query; an answer, without an error or to an unknown name; one question, and so many records.
        byte[] header = [query[0], query[1], 0x81, (byte)(isKnown ? 0x80 : 0x83), 0, 1, 0, (byte)found.Length, 0, 0, 0, 0];
        // A record is of the name in the question, of type A and class IN, and lives for a minute.
        return [.. header, .. question, .. found.SelectMany(address => (byte[])[0xC0, HeaderLength, 0, TypeOfAddress, 0, 1, 0, 0, 0, 60, 0, 4, .. address.GetAddressBytes()])];
    }
}

using System.Globalization;
using Tame.IO;

namespace CrawlerProgram;

/// <summary>The answer of a server.</summary>
public sealed record Response(int Status, string ContentType, byte[] Body);

/// <summary>The smallest HTTP/1.1 client that a crawler needs: one request per connection, plain text, bodies by length, in chunks, or to the end.</summary>
public static partial class Http
{
    private const int LargestBody = 10_000_000;

    /// <summary>Gets a page. The event's time limit, or its cancellation, closes the connection.</summary>
    [Tamed] public static partial void Get(Uri address, Event<Response> got);

    private static void GetBody(Uri address, Event<Response> got)
    {
        twait(e => Network.Current.Connect(address.IdnHost, address.Port, e), out Connection connection);
        using var closing = connection;
        using var stop = got.OnComplete(static open => ((Connection)open!).Dispose(), connection);
        try
        {
            twait(e => Ask(connection, address, e), out Response response);
            got.Trigger(response);
        }
        catch (ObjectDisposedException) when (!got.IsPending)
        {
            // The time limit closed the connection.
        }
    }

    [Tamed] private static partial void Ask(Connection connection, Uri address, Event<Response> got);

    private static void AskBody(Connection connection, Uri address, Event<Response> got)
    {
        using var reader = new Reader(connection, LargestBody);
        string request = $"GET {address.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: close\r\n\r\n";
        twait(e => connection.Send(System.Text.Encoding.ASCII.GetBytes(request), e));

        twait(e => reader.ReadLine(e), out string? status);
        if (status is not ['H', 'T', 'T', 'P', '/', '1', '.', _, ' ', ..] || !int.TryParse(status.AsSpan(9, Math.Min(3, status.Length - 9)), out int code))
            throw new InvalidDataException($"{address} does not speak HTTP/1.1");
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (true)
        {
            twait(e => reader.ReadLine(e), out string? field);
            if (string.IsNullOrEmpty(field))
                break;
            string[] parts = field.Split(':', 2, StringSplitOptions.TrimEntries);
            fields[parts[0]] = parts[^1];
        }

        bool isChunked = fields.GetValueOrDefault("Transfer-Encoding", "").Equals("chunked", StringComparison.OrdinalIgnoreCase);
        int length = fields.TryGetValue("Content-Length", out string? digits) ? int.Parse(digits, CultureInfo.InvariantCulture) : LargestBody;
        byte[] body;
        if (isChunked)
            twait(e => ReadChunks(reader, e), out body);
        else
            twait(e => ReadLength(reader, length, e), out body);
        if (!isChunked && digits is not null && body.Length != length)
            throw new InvalidDataException($"{address} sent {body.Length} bytes of {length}");
        got.Trigger(new Response(code, fields.GetValueOrDefault("Content-Type", ""), body));
    }

    [Tamed] private static partial void ReadLength(Reader reader, int length, Event<byte[]> read);

    private static void ReadLengthBody(Reader reader, int length, Event<byte[]> read)
    {
        using var body = new MemoryStream();
        var piece = new byte[8192];
        for (int count = 1; count != 0 && body.Length < length;)
        {
            twait(e => reader.Read(piece.AsMemory(0, (int)Math.Min(piece.Length, length - body.Length)), e), out count);
            body.Write(piece, 0, count);
        }
        read.Trigger(body.ToArray());
    }

    [Tamed] private static partial void ReadChunks(Reader reader, Event<byte[]> read);

    private static void ReadChunksBody(Reader reader, Event<byte[]> read)
    {
        using var body = new MemoryStream();
        for (byte[]? piece = null; piece is not [] && body.Length <= LargestBody;)
        {
            twait(e => reader.ReadLine(e), out string? size);
            piece = new byte[int.Parse((size ?? "").Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture)];
            twait(e => reader.ReadExactly(piece, e));
            twait(e => reader.ReadLine(e), out string? _);
            body.Write(piece);
        }
        read.Trigger(body.ToArray());
    }
}

using System.Globalization;
using Tame.IO;

namespace CrawlerProgram;

/// <summary>What a server answered.</summary>
public sealed record Response(int Status, string ContentType, byte[] Body);

/// <summary>The smallest client of HTTP/1.1 that a crawler needs: one request to a connection, plain text, bodies by length, in chunks, or to the end.</summary>
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
            // The time is over, and the connection was closed for that.
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
        int length = -1;
        bool isChunked = false;
        string type = "";
        while (true)
        {
            twait(e => reader.ReadLine(e), out string? header);
            if (string.IsNullOrEmpty(header))
                break;
            string[] parts = header.Split(':', 2, StringSplitOptions.TrimEntries);
            if (parts[0].Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
                length = int.Parse(parts[1], CultureInfo.InvariantCulture);
            else if (parts[0].Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
                isChunked = parts[1].Equals("chunked", StringComparison.OrdinalIgnoreCase);
            else if (parts[0].Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
                type = parts[1];
        }

        twait(e => ReadBody(reader, isChunked ? 0 : length, isChunked, e), out byte[] body);
        got.Trigger(new Response(code, type, body));
    }

    [Tamed] private static partial void ReadBody(Reader reader, int length, bool isChunked, Event<byte[]> read);

    private static void ReadBodyBody(Reader reader, int length, bool isChunked, Event<byte[]> read)
    {
        using var body = new MemoryStream();
        byte[] piece;
        if (isChunked)
        {
            do
            {
                twait(e => reader.ReadLine(e), out string? size);
                piece = new byte[int.Parse((size ?? "").Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture)];
                twait(e => reader.ReadExactly(piece, e));
                twait(e => reader.ReadLine(e), out string? _);
                body.Write(piece);
            }
            while (piece.Length != 0 && body.Length <= LargestBody);
        }
        else if (length >= 0)
        {
            piece = new byte[Math.Min(length, LargestBody)];
            twait(e => reader.ReadExactly(piece, e));
            body.Write(piece);
        }
        else
        {
            piece = new byte[8192];
            int count;
            do
            {
                twait(e => reader.Read(piece, e), out count);
                body.Write(piece, 0, count);
            }
            while (count != 0 && body.Length <= LargestBody);
        }
        read.Trigger(body.ToArray());
    }
}

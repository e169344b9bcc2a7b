using System.Globalization;
using System.Text;

namespace Knot.Http;

/// <summary>A response as it is cached: head and body in bytes, or a file too large to hold. Only Date and Connection are missing.</summary>
/// <remarks><see cref="Head"/> ends after its last field line; the sender adds Date, Connection and the empty line.</remarks>
internal sealed class Response
{
    public Response(int status, string? contentType, long length, string fields = "")
    {
        Status = status;
        Length = length;
        string type = contentType is null ? "" : $"Content-Type: {contentType}\r\n";
        Head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"HTTP/1.1 {status} {Reason(status)}\r\nServer: Knot\r\n{type}Content-Length: {length}\r\n{fields}"));
    }

    public int Status { get; }

    public byte[] Head { get; }

    /// <summary>The body's length in bytes, which is the Content-Length that Head states.</summary>
    public long Length { get; }

    /// <summary>The body; empty where <see cref="FilePath"/> says what to send instead.</summary>
    public byte[] Body { get; init; } = [];

    /// <summary>The file to send, for what is too large to be held.</summary>
    public string? FilePath { get; init; }

    public static string Reason(int status) => status switch
    {
        200 => "OK",
        301 => "Moved Permanently",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        414 => "URI Too Long",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        505 => "HTTP Version Not Supported",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Knot has no such answer."),
    };
}

using System.Globalization;
using System.Text;
using Tame.Http.Writing;

namespace Tame.Http;

/// <summary>
/// An answer whose head and body are made once and sent often. The server adds only Date, Server and Connection. Several loops may share it, because it never changes. The body must not change either.
/// </summary>
public sealed class PreparedResponse
{
    /// <summary>Creates an answer with a body in memory.</summary>
    /// <param name="status">The status, from 200 to 599.</param>
    /// <param name="contentType">The value of Content-Type; null for none.</param>
    /// <param name="body">The body. It must not change.</param>
    /// <param name="fields">Further fields.</param>
    /// <exception cref="ArgumentException">A field is malformed, or one that the server sends.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The status is not one of a complete answer.</exception>
    public PreparedResponse(int status, string? contentType, ReadOnlyMemory<byte> body, params ReadOnlySpan<KeyValuePair<string, string>> fields)
        : this(status, contentType, body.Length, fields) => Body = body;

    /// <summary>Creates the head of an answer. <see cref="HttpResponse.SendFile(Microsoft.Win32.SafeHandles.SafeFileHandle, long, long, Event)"/> sends its body. Without that call it has no body, as for HEAD and status 304.</summary>
    /// <param name="status"><inheritdoc cref="PreparedResponse(int, string, ReadOnlyMemory{byte}, ReadOnlySpan{KeyValuePair{string, string}})" path="/param[@name='status']"/></param>
    /// <param name="contentType"><inheritdoc cref="PreparedResponse(int, string, ReadOnlyMemory{byte}, ReadOnlySpan{KeyValuePair{string, string}})" path="/param[@name='contentType']"/></param>
    /// <param name="length">The length of the body in bytes. The head omits it if the status has no body.</param>
    /// <param name="fields">Further fields.</param>
    /// <exception cref="ArgumentException">A field is malformed, or one that the server sends.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The status is not one of a complete answer, or the length is negative.</exception>
    public PreparedResponse(int status, string? contentType, long length, params ReadOnlySpan<KeyValuePair<string, string>> fields)
    {
        HttpResponse.CheckStatus(status);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Status = status;
        Length = length;
        var head = new StringBuilder();
        if (contentType is not null)
            Append(head, "Content-Type", contentType);
        if (status is not (204 or 304))
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {length}\r\n");
        foreach (var (name, value) in fields)
            Append(head, name, value);
        Head = [.. StatusLine.Of(status), .. Encoding.UTF8.GetBytes(head.ToString())];
    }

    /// <summary>The status.</summary>
    public int Status { get; }

    /// <summary>The length of the body in the head.</summary>
    public long Length { get; }

    /// <summary>The body; empty if it is not part of this object.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The approximate amount of memory it takes, in bytes.</summary>
    public int Size => Head.Length + Body.Length;

    /// <summary>The lines of the head, without Date, Server, Connection and the empty line.</summary>
    internal byte[] Head { get; }

    private static void Append(StringBuilder head, string name, string value)
    {
        OutgoingFields.Check(name, value);
        head.Append(name).Append(": ").Append(value.Trim(' ', '\t')).Append("\r\n");
    }
}

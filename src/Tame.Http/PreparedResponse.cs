using System.Globalization;
using System.Text;
using Tame.Http.Writing;

namespace Tame.Http;

/// <summary>
/// An answer whose head and body are made once and sent often. Only Date and Connection are added to each. It never changes, so several loops may share it, provided that the body does not change either.
/// </summary>
public sealed class PreparedResponse
{
    /// <summary>Makes one with a body in memory.</summary>
    /// <param name="status">The status, from 200 to 599.</param>
    /// <param name="contentType">The value of Content-Type; null for none.</param>
    /// <param name="body">The body. It must not change.</param>
    /// <param name="fields">Further fields.</param>
    /// <exception cref="ArgumentException">A field is malformed, or one that the server itself sends.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The status is none of a whole answer.</exception>
    public PreparedResponse(int status, string? contentType, ReadOnlyMemory<byte> body, params ReadOnlySpan<KeyValuePair<string, string>> fields)
        : this(status, contentType, body.Length, fields) => Body = body;

    /// <summary>Makes the head of one, whose body is sent by <see cref="HttpResponse.SendFile(Microsoft.Win32.SafeHandles.SafeFileHandle, long, long, Event)"/>, or not at all, as for HEAD and status 304.</summary>
    /// <param name="status"><inheritdoc cref="PreparedResponse(int, string, ReadOnlyMemory{byte}, ReadOnlySpan{KeyValuePair{string, string}})" path="/param[@name='status']"/></param>
    /// <param name="contentType"><inheritdoc cref="PreparedResponse(int, string, ReadOnlyMemory{byte}, ReadOnlySpan{KeyValuePair{string, string}})" path="/param[@name='contentType']"/></param>
    /// <param name="length">The length of the body in bytes. It is not said for a status that has no body.</param>
    /// <param name="fields">Further fields.</param>
    /// <exception cref="ArgumentException">A field is malformed, or one that the server itself sends.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The status is none of a whole answer, or the length is negative.</exception>
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

    /// <summary>The length of the body, as the head says it.</summary>
    public long Length { get; }

    /// <summary>The body; empty where it is no part of this object.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>About how much memory it takes, in bytes.</summary>
    public int Size => Head.Length + Body.Length;

    /// <summary>The lines of the head, without those that differ and the empty one.</summary>
    internal byte[] Head { get; }

    private static void Append(StringBuilder head, string name, string value)
    {
        OutgoingFields.Check(name, value);
        head.Append(name).Append(": ").Append(value.Trim(' ', '\t')).Append("\r\n");
    }
}

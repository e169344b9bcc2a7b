using System.Net;
using Tame.Http.Parsing;
using Tame.Http.Serving;

namespace Tame.Http;

/// <summary>The request of an exchange. Its bytes are valid until the exchange ends. Strings are created on demand, and stay valid.</summary>
public sealed class HttpRequest
{
    private static readonly string[] s_methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT"];
    private readonly RequestHead _head;
    private readonly RequestBody _body;

    internal HttpRequest(RequestHead head, RequestBody body)
    {
        _head = head;
        _body = body;
        Fields = new HttpFields(head);
    }

    /// <summary>The method. It is case-sensitive.</summary>
    public string Method
    {
        get
        {
            var bytes = MethodBytes;
            foreach (string method in s_methods)
            {
                if (method.Length == bytes.Length && System.Text.Ascii.Equals(bytes, method))
                    return method;
            }
            return HttpFields.Text(bytes);
        }
    }

    /// <summary>The method in bytes.</summary>
    public ReadOnlySpan<byte> MethodBytes => Of(_head.Method);

    /// <summary>Whether the method is HEAD. If so, the server sends only the head of its answer.</summary>
    public bool IsHead => _head.IsHead;

    /// <summary>The target, as it was sent.</summary>
    public string Target => HttpFields.Text(TargetBytes);

    /// <summary>The target in bytes.</summary>
    public ReadOnlySpan<byte> TargetBytes => Of(_head.Target);

    /// <summary>The form of the target.</summary>
    public HttpTargetForm TargetForm => _head.Form;

    /// <summary>The path, not unescaped, with its dot segments. Empty if the form of the target has no path.</summary>
    public string Path => HttpFields.Text(PathBytes);

    /// <summary>The path in bytes.</summary>
    public ReadOnlySpan<byte> PathBytes => _head.Path.Length == 0 && _head.Form == HttpTargetForm.Absolute ? "/"u8 : Of(_head.Path);

    /// <summary>The part of the target after the question mark, not unescaped; empty if there is no query.</summary>
    public string Query => HttpFields.Text(QueryBytes);

    /// <summary>The query in bytes.</summary>
    public ReadOnlySpan<byte> QueryBytes => Of(_head.Query);

    /// <summary>The host that the client asks for, with its port if it names one. It comes from an absolute target, or otherwise from the field Host. Empty if the client names none.</summary>
    public string Host => HttpFields.Text(HostBytes);

    /// <summary>The host in bytes.</summary>
    public ReadOnlySpan<byte> HostBytes => Of(_head.Authority.Length != 0 ? _head.Authority : _head.Host);

    /// <summary>1.0 or 1.1. Higher minor versions are treated as 1.1.</summary>
    public Version Version => _head.IsHttp10 ? HttpVersion.Version10 : HttpVersion.Version11;

    /// <summary>The header fields.</summary>
    public HttpFields Fields { get; }

    /// <summary>Whether the request has a body. The body may be empty.</summary>
    public bool HasBody => _head.Framing.HasLength || _head.Framing.IsChunked;

    /// <summary>The length of the body in bytes; null if the body comes in chunks, or if the request has no body.</summary>
    public long? ContentLength => _head.Framing.HasLength ? _head.Framing.Length : null;

    /// <summary>The largest body that this request may have: <see cref="HttpServerOptions.MaxBodyBytes"/>, until you change it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public long MaxBodyBytes
    {
        get => _body.Limit;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _body.Limit = value;
        }
    }

    internal bool IsHttp10 => _head.IsHttp10;

    internal ReadOnlyMemory<byte> Bytes { get; private set; }

    /// <summary>Reads bytes of the body: at least one, at most as many as the destination holds.</summary>
    /// <param name="destination">The destination.</param>
    /// <param name="count">
    /// Gets the number of bytes; zero is the end of the body, or an empty destination. It fails with a <see cref="BadRequestException"/> if the body is malformed, too large or too slow, or if the client
    /// disconnects. If the event completes early, nothing was taken.
    /// </param>
    /// <exception cref="InvalidOperationException">A read is in progress, or the exchange has ended.</exception>
    /// <remarks>The first read sends "100 Continue" to a client that waits for it. Trailers of a body in chunks are checked and dropped.</remarks>
    public void Read(Memory<byte> destination, Event<int> count) => _body.Read(destination, count);

    /// <summary>Reads the rest of the body.</summary>
    /// <param name="limit">The largest number of bytes.</param>
    /// <param name="body">Gets the bytes, which are valid until the exchange ends. It fails as <see cref="Read"/> does; a longer body causes a <see cref="BadRequestException"/> with status 413.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative.</exception>
    /// <exception cref="InvalidOperationException">A read is in progress, or the exchange has ended.</exception>
    public void ReadAll(int limit, Event<ReadOnlyMemory<byte>> body)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        _body.ReadAll(limit, body);
    }

    /// <summary>Reads the rest of the body and drops it. After the answer the server does the same, but only for <see cref="HttpServerOptions.MaxDiscardedBytes"/> or less.</summary>
    /// <param name="done">Triggered at the end of the body. It fails as <see cref="Read"/> does.</param>
    /// <exception cref="InvalidOperationException">A read is in progress, or the exchange has ended.</exception>
    public void Discard(Event done) => _body.Discard(done);

    internal void Begin(ReadOnlyMemory<byte> bytes)
    {
        Bytes = bytes;
        Fields.Bytes = bytes;
    }

    private ReadOnlySpan<byte> Of(Part part) => part.Length == 0 ? default : part.Of(Bytes.Span);
}

using Knot.Files;
using Tame.Http;

namespace Haboob;

/// <summary>A request on its way through the stages. A connection reuses one object for its requests.</summary>
/// <remarks>One stage has it at a time, and only that stage touches it.</remarks>
internal sealed class Request
{
    private byte[] _target = [];
    private byte[] _query = [];
    private int _targetLength;
    private int _queryLength;

    /// <summary>The exchange, for the loop's thread.</summary>
    public HttpExchange Exchange { get; private set; } = null!;

    /// <summary>Triggered when the answer is complete.</summary>
    public Event Done { get; private set; }

    /// <summary>Whether the client also wants the body.</summary>
    public bool IsGet { get; set; }

    /// <summary>The decoded path of a file that is not in the cache.</summary>
    public string? Path { get; set; }

    /// <summary>The answer is this file,</summary>
    public CachedFile? File { get; set; }

    /// <summary>or this page.</summary>
    public PreparedResponse? Page { get; set; }

    /// <summary>There is no answer, for this reason.</summary>
    public Exception? Failure { get; set; }

    public ReadOnlySpan<byte> Target => _target.AsSpan(0, _targetLength);

    public ReadOnlySpan<byte> Query => _query.AsSpan(0, _queryLength);

    /// <summary>The request of an exchange, which has just arrived.</summary>
    public static Request Of(HttpExchange exchange, Event done)
    {
        var request = exchange.State as Request;
        if (request is null)
            exchange.State = request = new Request();
        (request.Exchange, request.Done) = (exchange, done);
        (request.Path, request.File, request.Page, request.Failure) = (null, null, null, null);
        return request;
    }

    /// <summary>Copies what another thread needs, because that thread must not access the exchange.</summary>
    public void LeaveLoop()
    {
        _targetLength = Copy(Exchange.Request.PathBytes, ref _target);
        _queryLength = Copy(Exchange.Request.QueryBytes, ref _query);
    }

    /// <summary>Answers with the page. On the loop's thread.</summary>
    public void Answer()
    {
        if (Done.IsPending)         // otherwise the server has already ended the connection
            Exchange.Response.Answer(Page!);
        Complete();
    }

    /// <summary>The answer is complete. On the loop's thread.</summary>
    public void Complete() => Leave().Trigger();

    /// <summary>No answer can be given, or its beginning is useless. On the loop's thread.</summary>
    public void Fail(Exception error) => Leave().Fail(error);

    private static int Copy(ReadOnlySpan<byte> bytes, ref byte[] copy)
    {
        if (copy.Length < bytes.Length)
            copy = new byte[Math.Max(256, bytes.Length)];
        bytes.CopyTo(copy);
        return bytes.Length;
    }

    /// <summary>Once the event has triggered, the connection may begin its next request with this object.</summary>
    private Event Leave()
    {
        var done = Done;
        Done = default;
        return done;
    }
}

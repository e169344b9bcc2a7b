namespace Knot.Http;

/// <summary>What the parser makes of a method: served, known but not served here (405), or never heard of (501).</summary>
internal enum RequestMethod : byte
{
    Unknown,
    NotAllowed,
    Get,
    Head,
}

/// <summary>The head of one request: what Knot needs of it, and how many bytes of the buffer it took.</summary>
internal readonly record struct RequestHead
{
    /// <summary>0 while bytes are missing, 200 for a head that can be answered, else the status to refuse it with.</summary>
    public int Status { get; init; }

    /// <summary>Bytes from the start of the buffer to the end of the head.</summary>
    public int Length { get; init; }

    public RequestMethod Method { get; init; }

    /// <summary>Where path and query stand in the buffer; empty for <c>http://host</c>, which means the root.</summary>
    public int TargetStart { get; init; }

    public int TargetLength { get; init; }

    public bool IsHttp10 { get; init; }

    public bool KeepAlive { get; init; }

    public bool HasBody { get; init; }

    public bool IsComplete => Status != 0;

    public bool IsRefused => Status >= 400;

    public static RequestHead Refuse(int status) => new() { Status = status };
}

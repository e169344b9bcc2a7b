namespace Knot.Http;

/// <summary>How much of a request Knot is willing to hold.</summary>
internal static class HttpLimits
{
    /// <summary>The longest method; a longer word is no HTTP.</summary>
    public const int Method = 16;

    /// <summary>The longest request target in bytes (414 above); RFC 9110 asks for 8,000 at least.</summary>
    public const int Target = 8_192;

    /// <summary>The largest head in bytes, request line included (431 above). It leaves room in a receive buffer of 16 KB, so that a head never stops growing unnoticed.</summary>
    public const int Head = 16_000;

    /// <summary>The most header fields (431 above), which bounds what one more byte of a slow head costs to parse.</summary>
    public const int Fields = 100;
}

using System.Text;

namespace Tame.Http.Parsing;

/// <summary>The fields that decide where a request ends and what happens to the connection. The server refuses a request if two parsers could read these fields differently.</summary>
internal struct Framing
{
    private bool _hasHost;
    private bool _hasLength;
    private bool _hasCoding;
    private bool _isChunkedLast;
    private bool _hasUnknownCoding;
    private bool _isCodingWrong;

    /// <summary>Content-Length; a number that does not fit in a long becomes the largest long.</summary>
    public long Length { get; private set; }

    public readonly bool HasLength => _hasLength;

    public readonly bool IsChunked => _hasCoding;

    public bool Close { get; private set; }

    public bool KeepAlive { get; private set; }

    /// <summary>The Connection field has the option "upgrade".</summary>
    public bool Upgrade { get; private set; }

    /// <summary>The client waits for a 100 before it sends the body.</summary>
    public bool ExpectsContinue { get; private set; }

    /// <summary>The client expects something that no server supports.</summary>
    public bool ExpectsOther { get; private set; }

    public readonly bool KeepsAlive(bool isHttp10) => !Close && (!isHttp10 || KeepAlive);

    /// <summary>The status with which to refuse the request, or 0 (RFC 9112, sections 3.2, 6.1 and 6.3).</summary>
    public readonly int Refusal(bool isHttp10)
    {
        if (_hasCoding)
        {
            if (_hasLength || isHttp10 || _isCodingWrong || !_isChunkedLast)
                return 400;
            if (_hasUnknownCoding)
                return 501;
        }
        if (!_hasHost && !isHttp10)
            return 400;
        return ExpectsOther && !isHttp10 ? 417 : 0;
    }

    /// <summary>False if the field is malformed, or occurs twice but may occur only once.</summary>
    public bool TryAdd(in FieldPlace field, ReadOnlySpan<byte> buffer, RequestHead head)
    {
        var name = field.Name.Of(buffer);
        switch (name.Length)
        {
            case 4 when Ascii.EqualsIgnoreCase(name, "Host"u8):
                head.Host = field.Value;
                return TryAddHost(field.Value.Of(buffer));
            case 6 when Ascii.EqualsIgnoreCase(name, "Expect"u8):
                AddExpectation(field.Value.Of(buffer));
                return true;
            case 10 when Ascii.EqualsIgnoreCase(name, "Connection"u8):
                AddConnection(field.Value.Of(buffer));
                return true;
            case 14 when Ascii.EqualsIgnoreCase(name, "Content-Length"u8):
                return TryAddLength(field.Value.Of(buffer));
            case 17 when Ascii.EqualsIgnoreCase(name, "Transfer-Encoding"u8):
                AddCodings(field.Value.Of(buffer));
                return true;
            default:
                return true;
        }
    }

    private bool TryAddHost(ReadOnlySpan<byte> value)
    {
        if (_hasHost)
            return false;
        _hasHost = true;
        return value.IsEmpty || TargetSyntax.IsAuthority(value);
    }

    private void AddExpectation(ReadOnlySpan<byte> value)
    {
        if (Ascii.EqualsIgnoreCase(value, "100-continue"u8))
            ExpectsContinue = true;
        else
            ExpectsOther = true;
    }

    private void AddConnection(ReadOnlySpan<byte> value)
    {
        foreach (var part in value.Split((byte)','))
        {
            var option = value[part].Trim(" \t"u8);
            Close |= Ascii.EqualsIgnoreCase(option, "close"u8);
            KeepAlive |= Ascii.EqualsIgnoreCase(option, "keep-alive"u8);
            Upgrade |= Ascii.EqualsIgnoreCase(option, "upgrade"u8);
        }
    }

    private bool TryAddLength(ReadOnlySpan<byte> value)
    {
        if (_hasLength || value.IsEmpty || value.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return false;
        foreach (byte digit in value)
            Length = Length > (long.MaxValue - 9) / 10 ? long.MaxValue : (10 * Length) + digit - '0';
        return _hasLength = true;
    }

    /// <summary>Several fields form one list. Chunked must be its last element, and may occur only once. Empty elements do not count.</summary>
    private void AddCodings(ReadOnlySpan<byte> value)
    {
        _hasCoding = true;
        foreach (var part in value.Split((byte)','))
        {
            var coding = value[part].Trim(" \t"u8);
            if (coding.IsEmpty)
                continue;
            _isCodingWrong |= _isChunkedLast;       // nothing may follow it
            _isChunkedLast = Ascii.EqualsIgnoreCase(coding, "chunked"u8);
            _hasUnknownCoding |= !_isChunkedLast;
        }
    }
}

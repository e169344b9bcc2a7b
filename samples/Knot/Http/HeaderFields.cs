using System.Buffers;
using System.Text;

namespace Knot.Http;

/// <summary>The header fields that decide a request's framing and the connection's fate; all others are only checked and passed over.</summary>
internal struct HeaderFields
{
    private static readonly SearchValues<byte> s_host = SearchValues.Create(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-._~%!$&'()*+,;=:[]"u8);

    private bool _hasHost;
    private bool _close;
    private bool _keepAlive;
    private bool _hasLength;
    private bool _hasCoding;
    private bool _unknownCoding;

    /// <summary>Content-Length above zero, or a transfer coding.</summary>
    public bool HasBody { get; private set; }

    public readonly bool KeepsAlive(bool isHttp10) => !_close && (!isHttp10 || _keepAlive);

    /// <summary>The status to refuse the whole with, or 0. Framing that two parsers could read in two ways is refused, not guessed at.</summary>
    public readonly int Refusal(bool isHttp10)
    {
        if (_hasCoding && (_hasLength || isHttp10))
            return 400;
        if (_unknownCoding)
            return 501;
        return _hasHost || isHttp10 ? 0 : 400;
    }

    /// <summary>False where the field is malformed or stands twice where it may stand once.</summary>
    public bool TryAdd(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => name.Length switch
    {
        4 when Ascii.EqualsIgnoreCase(name, "Host"u8) => TryAddHost(value),
        10 when Ascii.EqualsIgnoreCase(name, "Connection"u8) => AddConnection(value),
        14 when Ascii.EqualsIgnoreCase(name, "Content-Length"u8) => TryAddLength(value),
        17 when Ascii.EqualsIgnoreCase(name, "Transfer-Encoding"u8) => TryAddCoding(value),
        _ => true,
    };

    private bool TryAddHost(ReadOnlySpan<byte> value)
    {
        if (_hasHost || value.ContainsAnyExcept(s_host))
            return false;
        return _hasHost = true;
    }

    private bool AddConnection(ReadOnlySpan<byte> value)
    {
        foreach (var part in value.Split((byte)','))
        {
            var option = value[part].Trim(" \t"u8);
            _close |= Ascii.EqualsIgnoreCase(option, "close"u8);
            _keepAlive |= Ascii.EqualsIgnoreCase(option, "keep-alive"u8);
        }
        return true;
    }

    private bool TryAddLength(ReadOnlySpan<byte> value)
    {
        if (_hasLength || value.IsEmpty || value.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return false;
        HasBody |= value.ContainsAnyExcept((byte)'0');
        return _hasLength = true;
    }

    private bool TryAddCoding(ReadOnlySpan<byte> value)
    {
        if (_hasCoding)
            return false;
        _unknownCoding = !Ascii.EqualsIgnoreCase(value, "chunked"u8);
        HasBody = true;
        return _hasCoding = true;
    }
}

using System.Buffers;
using System.Text;

namespace Tame.Http.Writing;

/// <summary>The fields of an answer, as they are sent. It holds memory only while it has fields.</summary>
internal sealed class FieldLines
{
    private const int FirstSize = 256;
    private byte[]? _bytes;
    private int _count;

    public ReadOnlySpan<byte> Lines => _bytes.AsSpan(0, _count);

    public void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Append(name);
        Append(": "u8);
        Append(value.Trim(" \t"u8));
        Append("\r\n"u8);
    }

    public void Add(string name, string value)
    {
        Append(name);
        Append(": "u8);
        Append(value.AsSpan().Trim(" \t"));
        Append("\r\n"u8);
    }

    public void Clear()
    {
        if (_bytes is not null)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = null;
        _count = 0;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        Grow(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_count));
        _count += bytes.Length;
    }

    private void Append(ReadOnlySpan<char> text)
    {
        Grow(Encoding.UTF8.GetMaxByteCount(text.Length));
        _count += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(_count));
    }

    private void Grow(int size)
    {
        if (_bytes is not null && _bytes.Length - _count >= size)
            return;
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(FirstSize, 2 * (_count + size)));
        Lines.CopyTo(larger);
        if (_bytes is not null)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}

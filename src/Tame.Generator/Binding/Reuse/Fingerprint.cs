using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Tame.Generator.Binding.Reuse;

/// <summary>Represents a text or a structure by 128 bits of its SHA-256, so that different ones are never confused.</summary>
internal readonly record struct Fingerprint(ulong High, ulong Low)
{
    public static Fingerprint Of(string text)
    {
        var writer = new FingerprintWriter();
        writer.Add(text);
        return writer.Finish();
    }
}

/// <summary>Collects the input of a fingerprint, each part with its length, so that parts cannot run into each other.</summary>
internal sealed class FingerprintWriter
{
    private byte[] _bytes = new byte[1024];
    private int _count;

    public void Add(string text)
    {
        Add(text.Length);
        Add(MemoryMarshal.AsBytes(text.AsSpan()));
    }

    public void Add(Fingerprint part)
    {
        Add(part.High);
        Add(part.Low);
    }

    public void Add(int number) => Add(MemoryMarshal.AsBytes([number]));

    public void Add(ulong number) => Add(MemoryMarshal.AsBytes([number]));

    public Fingerprint Finish()
    {
        using var hash = SHA256.Create();
        var bits = hash.ComputeHash(_bytes, 0, _count);
        return new Fingerprint(BitConverter.ToUInt64(bits, 0), BitConverter.ToUInt64(bits, 8));
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        if (_bytes.Length - _count < bytes.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _count + bytes.Length));
        bytes.CopyTo(_bytes.AsSpan(_count));
        _count += bytes.Length;
    }
}

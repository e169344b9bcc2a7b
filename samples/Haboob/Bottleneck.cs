using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Knot.Http;
using Tame.Http;

namespace Haboob;

/// <summary>
/// The expensive page: it fills memory and hashes it. The memory is rented, because a collection of large arrays also marks the objects of all connections: pages would cost more the more clients are refused.
/// </summary>
internal static class Bottleneck
{
    private const int Chunk = 1 << 20;

    /// <summary>Makes the page. Thread-safe.</summary>
    /// <param name="megabytes">How much memory it takes.</param>
    public static PreparedResponse Make(int megabytes)
    {
        byte[][] chunks = new byte[megabytes][];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int i = 0; i < megabytes; i++)
        {
            chunks[i] = ArrayPool<byte>.Shared.Rent(Chunk);
            chunks[i].AsSpan(0, Chunk).Fill((byte)i);
            hash.AppendData(chunks[i], 0, Chunk);
        }
        foreach (byte[] chunk in chunks)
            ArrayPool<byte>.Shared.Return(chunk);
        string text = string.Create(CultureInfo.InvariantCulture, $"<p>The hash of {megabytes} MB is {Convert.ToHexStringLower(hash.GetHashAndReset())}.</p>");
        return new PreparedResponse(200, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(StatusPages.Html("Bottleneck", text)), new KeyValuePair<string, string>("Cache-Control", "no-store"));
    }
}

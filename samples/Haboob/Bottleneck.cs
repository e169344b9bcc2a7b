using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Knot.Http;
using Tame.Http;

namespace Haboob;

/// <summary>The expensive page: it fills memory and hashes it.</summary>
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
            chunks[i] = new byte[Chunk];
            chunks[i].AsSpan().Fill((byte)i);
            hash.AppendData(chunks[i]);
        }
        string text = string.Create(CultureInfo.InvariantCulture, $"<p>The hash of {megabytes} MB is {Convert.ToHexStringLower(hash.GetHashAndReset())}.</p>");
        return new PreparedResponse(200, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(StatusPages.Html("Bottleneck", text)), new KeyValuePair<string, string>("Cache-Control", "no-store"));
    }
}

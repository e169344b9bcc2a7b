using System.Globalization;
using Knot.Http;

namespace Knot.Files;

/// <summary>From a request target to a response, out of the cache or off the disk below one root.</summary>
/// <remarks>
/// Small files are read synchronously on the loop's thread and then cached: a page cache answers faster than a thread switch takes. A cached file is
/// compared with the disk again once <c>recheckAfter</c> has passed, so a change shows within that time. Larger ones are opened for each request and sent
/// by the system; what it does not have in memory the thread waits for.
/// Not thread-safe: each loop has its own.
/// </remarks>
internal sealed class StaticFiles
{
    /// <summary>Up to here a body is cached, and goes out with its head in one system call; above it only the head is, and the system sends the file.</summary>
    private const int LargestInMemory = 16 * 1024;

    private readonly string _root;
    private readonly ResponseCache _cache;
    private readonly TimeSpan _recheckAfter;
    private readonly TimeProvider _time;
    private readonly char[] _path = new char[HttpLimits.Target + 1];

    public StaticFiles(string root, ResponseCache cache, TimeSpan recheckAfter, TimeProvider time)
    {
        _root = RealPath.Resolve(Path.GetFullPath(root)) ?? throw new IOException($"{root} is a circle of symbolic links.");
        _cache = cache;
        _recheckAfter = recheckAfter;
        _time = time;
    }

    /// <summary>Never throws: what cannot be read is answered with a status page.</summary>
    /// <param name="target">Path and query, as they stand in the request.</param>
    /// <param name="cached">Whether the response came from the cache.</param>
    public Response Find(ReadOnlySpan<byte> target, out bool cached)
    {
        cached = false;
        int status = TargetPath.Decode(target, _path, out int length);
        if (status != 200)
            return StatusPages.For(status);

        var path = _path.AsSpan(0, length);
        try
        {
            if (_cache.TryGet(path, out var file))
            {
                cached = IsFresh(file);
                if (cached)
                    return file.Response;
                _cache.Remove(file.Path);
            }
            return Load(path.ToString(), target);
        }
        catch (UnauthorizedAccessException)
        {
            return StatusPages.For(403);
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            return StatusPages.For(e is FileNotFoundException or DirectoryNotFoundException or PathTooLongException ? 404 : 500);
        }
    }

    private bool IsFresh(CachedFile file)
    {
        if (file.Response.FilePath is not null)
            return file.IsCurrent();        // its bytes are read anew each time, so its head has to be right each time
        long now = _time.GetTimestamp();
        if (_time.GetElapsedTime(file.CheckedAt, now) < _recheckAfter)
            return true;
        file.CheckedAt = now;
        return file.IsCurrent();
    }

    private Response Load(string path, ReadOnlySpan<byte> target)
    {
        bool isDirectory = path.EndsWith('/');
        string filePath = _root + path + (isDirectory ? "index.html" : "");
        if (RealPath.Resolve(filePath) is not { } real || !RealPath.IsInside(real, _root))
            return StatusPages.For(404);
        if (!isDirectory && Directory.Exists(real))
            return StatusPages.MovedTo(WithSlash(target));

        var file = new FileInfo(real);
        if (!file.Exists)
            return StatusPages.For(404);

        // No byte of a file of length zero is read, which also keeps pipes and devices from blocking the loop.
        long length = file.Length;
        if (length > _cache.LargestFile)
            return Describe(real, length, file.LastWriteTimeUtc, body: null);

        long checkedAt = _time.GetTimestamp();
        bool isSent = length > LargestInMemory && SystemSend.IsSupported;
        var response = Describe(real, length, file.LastWriteTimeUtc, isSent ? null : length == 0 ? [] : ReadWhole(real, length));
        _cache.Add(new CachedFile(path, filePath, file.LastWriteTimeUtc, response) { CheckedAt = checkedAt });
        return response;
    }

    private static byte[] ReadWhole(string path, long length)
    {
        byte[] body = new byte[length];
        using var handle = File.OpenHandle(path);
        int count = 0;
        while (count < body.Length)
        {
            int read = RandomAccess.Read(handle, body.AsSpan(count), count);
            if (read == 0)
                throw new EndOfStreamException($"{path} became shorter while it was read.");
            count += read;
        }
        return body;
    }

    private static Response Describe(string path, long length, DateTime modified, byte[]? body)
    {
        string fields = string.Create(CultureInfo.InvariantCulture, $"Last-Modified: {modified:R}\r\n");
        return new Response(200, ContentTypes.For(path), length, fields) { Body = body ?? [], FilePath = body is null ? path : null };
    }

    /// <summary>The target with a slash after its path; it is visible ASCII, so it cannot break out of its header line.</summary>
    private static string WithSlash(ReadOnlySpan<byte> target)
    {
        string text = System.Text.Encoding.ASCII.GetString(target);
        int end = text.AsSpan().IndexOfAny('?', '#');
        return end < 0 ? text + "/" : text[..end] + "/" + text[end..];
    }
}

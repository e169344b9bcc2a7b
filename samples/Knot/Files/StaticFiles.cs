using Knot.Http;
using Tame.Http;

namespace Knot.Files;

/// <summary>Maps the path of a request to a file below one root, from the cache or the disk.</summary>
/// <remarks>
/// Small files are read synchronously on the loop's thread and then cached: the page cache answers faster than a thread switch takes. When <c>recheckAfter</c> has passed, a cached file is compared with the disk again,
/// so a change shows within that time. Larger files are opened for each request, compared with the opened file, and sent by the system. The thread waits for bytes that the system does not have in memory.
/// Not thread-safe except for loading: each loop has its own.
/// </remarks>
internal sealed class StaticFiles
{
    /// <summary>A body up to this size is cached, and goes out with its head in one system call. Of larger files only the head is cached, and the system sends the file.</summary>
    private const int LargestInMemory = 16 * 1024;

    private readonly string _root;
    private readonly ResponseCache _cache;
    private readonly KnotOptions _options;
    private readonly TimeProvider _time;
    private readonly char[] _path;

    public StaticFiles(KnotOptions options, ResponseCache cache, TimeProvider time)
    {
        _root = RealPath.Resolve(Path.GetFullPath(options.Root)) ?? throw new IOException($"{options.Root} is a cycle of symbolic links.");
        _cache = cache;
        _options = options;
        _time = time;
        _path = new char[options.MaxTargetBytes + 1];
    }

    /// <summary>Finds a file in the cache or on the disk. Never throws: if a file cannot be read, returns an error page.</summary>
    /// <param name="target">The path, as the request has it.</param>
    /// <param name="query">The query, as the request has it.</param>
    /// <param name="page">The answer if the file does not exist or cannot be read.</param>
    /// <param name="cached">Whether the file came from the cache.</param>
    public CachedFile? Find(ReadOnlySpan<byte> target, ReadOnlySpan<byte> query, out PreparedResponse page, out bool cached)
    {
        var file = LookUp(target, out string? path, out page!);
        cached = file is not null;
        if (path is null)
            return file;
        file = Load(path, target, query, out page);
        if (file is not null)
            Keep(file);
        return file;
    }

    /// <summary>Finds a file in the cache.</summary>
    /// <param name="target">The path, as the request has it.</param>
    /// <param name="path">The path to load if the cache does not have the file; null if it does, or if the request is bad.</param>
    /// <param name="page">The answer to a bad request.</param>
    public CachedFile? LookUp(ReadOnlySpan<byte> target, out string? path, out PreparedResponse? page)
    {
        (path, page) = (null, null);
        int status = TargetPath.Decode(target, _path, out int length);
        if (status != 200)
        {
            page = StatusPages.For(status);
            return null;
        }
        if (_cache.TryGet(_path.AsSpan(0, length), out var file))
        {
            if (IsFresh(file))
                return file;
            _cache.Remove(file.Path);
        }
        path = new string(_path, 0, length);
        return null;
    }

    /// <summary>Reads a file from the disk. Never throws. Thread-safe.</summary>
    /// <param name="path">The decoded path.</param>
    /// <param name="target">The path, as the request has it.</param>
    /// <param name="query">The query, as the request has it.</param>
    /// <param name="page">The answer if the file does not exist or cannot be read.</param>
    public CachedFile? Load(string path, ReadOnlySpan<byte> target, ReadOnlySpan<byte> query, out PreparedResponse page)
    {
        page = null!;
        try
        {
            return LoadOrThrow(path, target, query, ref page);
        }
        catch (UnauthorizedAccessException)
        {
            page = StatusPages.For(403);
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            page = StatusPages.For(e is FileNotFoundException or DirectoryNotFoundException or PathTooLongException ? 404 : 500);
        }
        return null;
    }

    /// <summary>Caches a loaded file if it is small enough.</summary>
    public void Keep(CachedFile file)
    {
        if (file.Plain.Length <= _cache.LargestFile)
            _cache.Add(file);
    }

    /// <summary>A file differs from the cached one.</summary>
    public void Forget(CachedFile file) => _cache.Remove(file.Path);

    /// <summary>The length and time of a file, with links followed; null if the file does not exist.</summary>
    public static FileStamp? StampOf(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? new FileStamp(file.Length, file.LastWriteTimeUtc) : null;
    }

    private bool IsFresh(CachedFile file)
    {
        long now = _time.GetTimestamp();
        if (_time.GetElapsedTime(file.CheckedAt, now) < _options.RecheckAfter)
            return true;
        file.CheckedAt = now;
        try
        {
            return file.IsCurrent();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;       // loading it reports the error
        }
    }

    private CachedFile? LoadOrThrow(string path, ReadOnlySpan<byte> target, ReadOnlySpan<byte> query, ref PreparedResponse page)
    {
        bool isDirectory = path.EndsWith('/');
        string filePath = _root + path + (isDirectory ? "index.html" : "");
        long checkedAt = _time.GetTimestamp();
        page = StatusPages.For(404);
        if (RealPath.Resolve(filePath) is not { } real || !RealPath.IsInside(real, _root))
            return null;
        if (!isDirectory && Directory.Exists(real))
        {
            page = StatusPages.MovedTo(WithSlash(target, query));
            return null;
        }
        if (StampOf(real) is not { } stamp)
        {
            if (isDirectory && _options.ListDirectories && Directory.Exists(_root + path))
                page = Listing.Of(_root + path, path, _root);
            return null;
        }
        var file = Read(path, filePath, real, stamp);
        file.CheckedAt = checkedAt;
        return file;
    }

    private CachedFile Read(string path, string filePath, string real, FileStamp stamp)
    {
        var now = _time.GetUtcNow();
        string type = ContentTypes.For(real);
        var plain = new Representation(real, stamp, type, null, now);
        var compressed = new List<Representation>();
        foreach (var (name, extension) in Codings.All)
        {
            if (StampOf(real + extension) is { } beside && RealPath.Resolve(real + extension) is { } place && RealPath.IsInside(place, _root))
                compressed.Add(new Representation(place, beside, type, name, now));
        }
        foreach (var form in (IEnumerable<Representation>)[plain, .. compressed])
            form.With(ReadSmall(form), compressed.Count != 0);
        return new CachedFile(path, filePath, plain, [.. compressed]);
    }

    /// <summary>The bytes of a small file. A file of length zero is not read, so pipes and devices do not block the loop.</summary>
    private byte[]? ReadSmall(Representation form)
    {
        if (form.Length > LargestInMemory || form.Length > _cache.LargestFile)
            return form.Length == 0 ? [] : null;
        byte[] body = new byte[form.Length];
        if (body.Length == 0)
            return body;
        using var handle = File.OpenHandle(form.Path);
        int count = 0;
        while (count < body.Length)
        {
            int read = RandomAccess.Read(handle, body.AsSpan(count), count);
            if (read == 0)
                throw new EndOfStreamException($"{form.Path} became shorter while it was read.");
            count += read;
        }
        return body;
    }

    /// <summary>The target with a slash after its path; it is visible ASCII, so it cannot break out of its header line.</summary>
    private static string WithSlash(ReadOnlySpan<byte> target, ReadOnlySpan<byte> query)
    {
        string path = System.Text.Encoding.ASCII.GetString(target) + "/";
        return query.IsEmpty ? path : $"{path}?{System.Text.Encoding.ASCII.GetString(query)}";
    }
}

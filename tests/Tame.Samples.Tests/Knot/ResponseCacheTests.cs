using CsCheck;
using Knot.Files;

namespace Tame.Samples.Tests.Knot;

public sealed class ResponseCacheTests
{
    [Fact]
    public void The_least_recently_used_goes_first()
    {
        var cache = new ResponseCache(capacity: 4_000);
        cache.Add(File("/a", 1_000));
        cache.Add(File("/b", 1_000));
        Assert.True(cache.TryGet("/a", out _));
        cache.Add(File("/c", 1_000));

        Assert.True(cache.TryGet("/a", out _));
        Assert.False(cache.TryGet("/b", out _));
        Assert.True(cache.TryGet("/c", out _));
    }

    [Fact]
    public void Adding_a_path_again_replaces_it()
    {
        var cache = new ResponseCache(capacity: 4_000);
        cache.Add(File("/a", 1_000));
        long once = cache.Bytes;
        var second = File("/a", 1_000);
        cache.Add(second);

        Assert.Equal(once, cache.Bytes);
        Assert.True(cache.TryGet("/a", out var found));
        Assert.Same(second, found);
    }

    [Fact]
    public void It_never_holds_more_bytes_than_it_may() =>
        Gen.Select(Gen.Int[0, 20], Gen.Int[0, 3_000], Gen.Bool).Array[0, 60].Sample(steps =>
        {
            var cache = new ResponseCache(capacity: 8_000);
            foreach (var (name, size, add) in steps)
            {
                if (add)
                    cache.Add(File($"/{name}", size));
                else
                    cache.Remove($"/{name}");
                Assert.InRange(cache.Bytes, 0, cache.Capacity);
                Assert.Equal(cache.Count == 0, cache.Bytes == 0);
            }
        }, iter: 1_000);

    private static CachedFile File(string path, int size) =>
        new(path, path, new Representation(path, new FileStamp(size, DateTime.UnixEpoch), "text/plain", null, DateTimeOffset.UnixEpoch).With(new byte[size], varies: false));
}

using System.Text;
using Knot.Files;
using Knot.Http;
using Microsoft.Extensions.Time.Testing;

namespace Tame.Samples.Tests.Knot;

public sealed class StaticFilesTests : IDisposable
{
    private readonly TemporaryRoot _root = new();
    private readonly FakeTimeProvider _time = new();
    private readonly ResponseCache _cache = new(capacity: 100_000);
    private readonly StaticFiles _files;

    public StaticFilesTests() => _files = new StaticFiles(_root.Path, _cache, TimeSpan.FromSeconds(1), _time);

    public void Dispose() => _root.Dispose();

    [Fact]
    public void A_file_is_served_with_its_type_and_length()
    {
        _root.Write("a.html", "<p>ä");
        var response = Find("/a.html");

        Assert.Equal("<p>ä", Encoding.UTF8.GetString(response.Body));
        string head = Encoding.ASCII.GetString(response.Head);
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", head);
        Assert.Contains("\r\nContent-Type: text/html; charset=utf-8\r\n", head);
        Assert.Contains("\r\nContent-Length: 5\r\n", head);
        Assert.Contains("\r\nLast-Modified: ", head);
    }

    [Theory]
    [InlineData("a.CSS", "text/css; charset=utf-8")]
    [InlineData("a.svg", "image/svg+xml")]
    [InlineData("a", "application/octet-stream")]
    [InlineData("a.unheard", "application/octet-stream")]
    public void The_extension_decides_the_type(string name, string type) => Assert.Equal(type, ContentTypes.For(name));

    [Fact]
    public void A_directory_shows_its_index_and_is_redirected_to_its_slash()
    {
        _root.Write("sub/index.html", "index");
        Directory.CreateDirectory(Path.Join(_root.Path, "empty"));

        Assert.Equal("index", Encoding.UTF8.GetString(Find("/sub/").Body));
        Assert.Contains("\r\nLocation: /sub/?a=b\r\n", Encoding.ASCII.GetString(Find("/sub?a=b").Head));
        Assert.Equal(301, Find("/sub").Status);
        Assert.Equal(404, Find("/empty/").Status);
        Assert.Equal(404, Find("/sub/index.html/").Status);
    }

    [Fact]
    public void Links_are_followed_inside_the_root_only()
    {
        _root.Write("real/a.txt", "inside");
        File.WriteAllText(Path.Join(_root.Outside, "secret.txt"), "secret");
        Directory.CreateSymbolicLink(Path.Join(_root.Path, "alias"), "real");
        Directory.CreateSymbolicLink(Path.Join(_root.Path, "out"), _root.Outside);
        File.CreateSymbolicLink(Path.Join(_root.Path, "secret.txt"), "../root-outside/secret.txt");
        File.CreateSymbolicLink(Path.Join(_root.Path, "circle"), "circle");

        Assert.Equal("inside", Encoding.UTF8.GetString(Find("/alias/a.txt").Body));
        Assert.Equal(404, Find("/out/secret.txt").Status);
        Assert.Equal(404, Find("/secret.txt").Status);
        Assert.Equal(404, Find("/circle").Status);
    }

    [Fact]
    public void A_root_that_is_a_link_itself_is_served()
    {
        _root.Write("a.txt", "a");
        string link = Path.Join(_root.Outside, "link");
        Directory.CreateSymbolicLink(link, _root.Path);
        var files = new StaticFiles(link, _cache, TimeSpan.Zero, _time);

        Assert.Equal(200, files.Find("/a.txt"u8, out _).Status);
    }

    [Fact]
    public void A_second_request_comes_from_the_cache()
    {
        _root.Write("a.txt", "a");
        var first = Find("/a.txt", out bool firstCached);
        var second = Find("/%61.txt?again", out bool secondCached);

        Assert.False(firstCached);
        Assert.True(secondCached);
        Assert.Same(first, second);
    }

    [Fact]
    public void A_changed_file_is_noticed_once_its_time_is_up()
    {
        string path = _root.Write("a.txt", "old");
        Find("/a.txt");
        File.WriteAllText(path, "newer");

        Assert.Equal("old", Encoding.UTF8.GetString(Find("/a.txt").Body));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("newer", Encoding.UTF8.GetString(Find("/a.txt").Body));
    }

    [Fact]
    public void A_change_that_keeps_the_length_is_noticed_by_its_time()
    {
        string path = _root.Write("a.txt", "old");
        Find("/a.txt");
        File.WriteAllText(path, "new");
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddSeconds(5));
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("new", Encoding.UTF8.GetString(Find("/a.txt").Body));
    }

    [Fact]
    public void A_change_that_keeps_the_time_is_noticed_by_its_length()
    {
        string path = _root.Write("a.txt", "old");
        var modified = File.GetLastWriteTimeUtc(path);
        Find("/a.txt");
        File.WriteAllText(path, "newer");
        File.SetLastWriteTimeUtc(path, modified);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("newer", Encoding.UTF8.GetString(Find("/a.txt").Body));
    }

    [Fact]
    public void A_deleted_file_is_not_found_and_leaves_the_cache()
    {
        string path = _root.Write("a.txt", "a");
        Find("/a.txt");
        File.Delete(path);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(404, Find("/a.txt").Status);
        Assert.Equal(0, _cache.Count);
    }

    [Fact]
    public void A_file_too_large_for_the_cache_is_left_on_disk()
    {
        _root.Write("large.bin", new byte[100_000]);
        var response = Find("/large.bin");

        Assert.Equal(100_000, response.Length);
        Assert.NotNull(response.FilePath);
        Assert.Equal(0, _cache.Count);
    }

    [Fact]
    public void Of_a_larger_file_only_the_head_is_cached_and_never_an_old_one()
    {
        if (!OperatingSystem.IsLinux())
            return;
        string path = _root.Write("a.bin", new byte[20_000]);
        var larger = new ResponseCache(capacity: 1_000_000);
        var files = new StaticFiles(_root.Path, larger, TimeSpan.FromSeconds(1), _time);
        var response = files.Find("/a.bin"u8, out _);

        Assert.NotNull(response.FilePath);
        Assert.InRange(larger.Bytes, 1, 1_000);
        Assert.Same(response, files.Find("/a.bin"u8, out bool cached));
        Assert.True(cached);

        File.WriteAllText(path, "shorter");
        Assert.Equal("shorter", Encoding.UTF8.GetString(files.Find("/a.bin"u8, out _).Body));
    }

    [Fact]
    public void An_empty_file_needs_no_cache_to_be_served()
    {
        _root.Write("empty.txt", "");
        var files = new StaticFiles(_root.Path, new ResponseCache(capacity: 0), TimeSpan.Zero, _time);

        Assert.Equal((200, 0), (files.Find("/empty.txt"u8, out _).Status, (int)files.Find("/empty.txt"u8, out _).Length));
    }

    private Response Find(string target) => Find(target, out _);

    private Response Find(string target, out bool cached) => _files.Find(Encoding.ASCII.GetBytes(target), out cached);
}

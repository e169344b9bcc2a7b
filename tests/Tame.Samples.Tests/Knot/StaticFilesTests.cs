using System.Text;
using Knot;
using Knot.Files;
using Microsoft.Extensions.Time.Testing;
using Tame.Http;

namespace Tame.Samples.Tests.Knot;

public sealed class StaticFilesTests : IDisposable
{
    private readonly TemporaryRoot _root = new();
    private readonly FakeTimeProvider _time = new();
    private readonly ResponseCache _cache = new(capacity: 100_000);
    private readonly StaticFiles _files;

    public StaticFilesTests() => _files = new StaticFiles(new KnotOptions { Root = _root.Path }, _cache, _time);

    public void Dispose() => _root.Dispose();

    [Fact]
    public void A_file_is_served_with_its_type_and_length()
    {
        File.SetLastWriteTimeUtc(_root.Write("a.html", "<p>ä"), new DateTime(1999, 8, 7, 6, 5, 4, 321, DateTimeKind.Utc));
        var (answer, file) = Find("/a.html");

        Assert.Equal("<p>ä", Text(answer));
        Assert.Equal((200, 5L, "text/html; charset=utf-8"), (answer.Status, answer.Length, file!.Plain.ContentType));
        Assert.Equal(new DateTime(1999, 8, 7, 6, 5, 4, DateTimeKind.Utc), file.Plain.Modified.UtcDateTime);
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

        Assert.Equal("index", Text(Find("/sub/").Answer));
        Assert.Equal(301, Find("/sub").Answer.Status);
        Assert.Equal(404, Find("/empty/").Answer.Status);
        Assert.Equal(404, Find("/sub/index.html/").Answer.Status);
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

        Assert.Equal("inside", Text(Find("/alias/a.txt").Answer));
        Assert.Equal(404, Find("/out/secret.txt").Answer.Status);
        Assert.Equal(404, Find("/secret.txt").Answer.Status);
        Assert.Equal(404, Find("/circle").Answer.Status);
    }

    [Fact]
    public void A_root_that_is_a_link_itself_is_served()
    {
        _root.Write("a.txt", "a");
        string link = Path.Join(_root.Outside, "link");
        Directory.CreateSymbolicLink(link, _root.Path);
        var files = new StaticFiles(new KnotOptions { Root = link }, _cache, _time);

        Assert.Equal(200, Find(files, "/a.txt", out _).Answer.Status);
    }

    [Fact]
    public void A_second_request_comes_from_the_cache()
    {
        _root.Write("a.txt", "a");
        var first = Find("/a.txt", out bool firstCached);
        var second = Find("/%61.txt?again", out bool secondCached);

        Assert.False(firstCached);
        Assert.True(secondCached);
        Assert.Same(first.File, second.File);
    }

    [Fact]
    public void A_changed_file_is_noticed_once_its_time_is_up()
    {
        string path = _root.Write("a.txt", "old");
        Find("/a.txt");
        File.WriteAllText(path, "newer");

        Assert.Equal("old", Text(Find("/a.txt").Answer));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("newer", Text(Find("/a.txt").Answer));
    }

    [Fact]
    public void A_change_that_keeps_the_length_is_noticed_by_its_time()
    {
        string path = _root.Write("a.txt", "old");
        Find("/a.txt");
        File.WriteAllText(path, "new");
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddSeconds(5));
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("new", Text(Find("/a.txt").Answer));
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

        Assert.Equal("newer", Text(Find("/a.txt").Answer));
    }

    [Fact]
    public void A_deleted_file_is_not_found_and_leaves_the_cache()
    {
        string path = _root.Write("a.txt", "a");
        Find("/a.txt");
        File.Delete(path);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(404, Find("/a.txt").Answer.Status);
        Assert.Equal(0, _cache.Count);
    }

    [Fact]
    public void A_file_too_large_for_the_cache_is_left_on_disk()
    {
        _root.Write("large.bin", new byte[100_000]);
        var (answer, file) = Find("/large.bin");

        Assert.Equal((100_000, 0), (answer.Length, answer.Body.Length));
        Assert.False(file!.Plain.IsInMemory);
        Assert.Equal(0, _cache.Count);
    }

    [Fact]
    public void Of_a_larger_file_only_the_heads_are_cached()
    {
        _root.Write("a.bin", new byte[20_000]);
        var larger = new ResponseCache(capacity: 1_000_000);
        var files = new StaticFiles(new KnotOptions { Root = _root.Path }, larger, _time);
        var (answer, file) = Find(files, "/a.bin", out _);

        Assert.False(file!.Plain.IsInMemory);
        Assert.InRange(larger.Bytes, 1, 2_000);
        Assert.Same(answer, Find(files, "/a.bin", out bool cached).Answer);
        Assert.True(cached);
    }

    [Fact]
    public void A_link_stays_cached_until_it_leads_elsewhere()
    {
        _root.Write("one.txt", "one");
        _root.Write("two.txt", "two");
        string link = Path.Join(_root.Path, "link.txt");
        File.CreateSymbolicLink(link, "one.txt");
        Assert.Equal("one", Text(Find("/link.txt").Answer));
        for (int i = 0; i < 3; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            Find("/link.txt", out bool cached);
            Assert.True(cached);
        }

        File.Delete(link);
        File.CreateSymbolicLink(link, "two.txt");
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("two", Text(Find("/link.txt").Answer));
    }

    [Fact]
    public void What_comes_and_goes_beside_a_file_is_noticed()
    {
        _root.Write("a.txt", "plain");
        Assert.False(Find("/a.txt").File!.Varies);
        string beside = _root.Write("a.txt.gz", "zipped");
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(Find("/a.txt").File!.Varies);
        File.Delete(beside);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(Find("/a.txt").File!.Varies);
    }

    [Fact]
    public void A_time_that_lies_ahead_is_said_to_be_now()
    {
        File.SetLastWriteTimeUtc(_root.Write("a.txt", "a"), _time.GetUtcNow().UtcDateTime.AddYears(1));

        Assert.InRange(Find("/a.txt").File!.Plain.Modified, _time.GetUtcNow().AddSeconds(-1), _time.GetUtcNow());
    }

    [Fact]
    public void An_empty_file_needs_no_cache_to_be_served()
    {
        _root.Write("empty.txt", "");
        var files = new StaticFiles(new KnotOptions { Root = _root.Path }, new ResponseCache(capacity: 0), _time);

        var (answer, file) = Find(files, "/empty.txt", out _);
        Assert.Equal((200, 0L, true), (answer.Status, answer.Length, file!.Plain.IsInMemory));
    }

    private (PreparedResponse Answer, CachedFile? File) Find(string target) => Find(target, out _);

    private (PreparedResponse Answer, CachedFile? File) Find(string target, out bool cached) => Find(_files, target, out cached);

    private static (PreparedResponse Answer, CachedFile? File) Find(StaticFiles files, string target, out bool cached)
    {
        string[] parts = target.Split('?');
        var file = files.Find(Encoding.ASCII.GetBytes(parts[0]), Encoding.ASCII.GetBytes(parts.Length == 1 ? "" : parts[1]), out var page, out cached);
        return (file?.Plain.Whole ?? page, file);
    }

    private static string Text(PreparedResponse response) => Encoding.UTF8.GetString(response.Body.Span);
}

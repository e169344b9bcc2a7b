using System.IO.Compression;
using System.Text.RegularExpressions;
using static Tame.Package.Tests.PackedText;

namespace Tame.Package.Tests;

/// <summary>What a feed shows of a package: each has all of it.</summary>
public sealed partial class MetadataTests(PackedFeed feed)
{
    private static readonly string s_sources = Path.Combine(PackedFeed.Metadata("RepositoryRoot"), "src");

    [Fact]
    public void Each_project_with_a_package_id_is_packed()
    {
        var ids = Directory.EnumerateFiles(s_sources, "*.csproj", SearchOption.AllDirectories)
            .Select(project => Id().Match(File.ReadAllText(project))).Where(id => id.Success).Select(id => id.Groups["id"].Value);
        Assert.Equal(ids.Order(StringComparer.Ordinal), feed.All.Select(package => Value(package, "id")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_package_says_what_it_is()
    {
        Assert.All(feed.All, package =>
        {
            Assert.All(["title", "authors", "description", "tags", "copyright", "releaseNotes"], name => Assert.NotEqual("", Value(package, name)));
            Assert.StartsWith(Value(package, "id"), Value(package, "title"), StringComparison.Ordinal);
            Assert.Contains("tame", Value(package, "tags").Split(' '));
            Assert.Equal(("MIT", "README.md", "icon.png"), (Value(package, "license"), Value(package, "readme"), Value(package, "icon")));
            using var archive = ZipFile.OpenRead(package);
            Assert.All(["README.md", "icon.png"], name => Assert.True(archive.GetEntry(name)?.Length > 100, $"{package}: {name}"));
        });
    }

    private static string Value(string package, string element)
    {
        using var archive = ZipFile.OpenRead(package);
        var specification = Text(archive, archive.Entries.Single(entry => entry.Name.EndsWith(".nuspec", StringComparison.Ordinal)).FullName);
        return Regex.Match(specification, $"<{element}( [^>]*)?>(?<value>[^<]+)</{element}>").Groups["value"].Value;
    }

    [GeneratedRegex("<PackageId>(?<id>[^<]+)</PackageId>")]
    private static partial Regex Id();
}

using System.Net;
using System.Text.RegularExpressions;

namespace Tame.Samples.Tests.Knot;

/// <summary>Knot's own page. <c>tests/browser</c> looks at it.</summary>
public sealed partial class PageTests
{
    private static readonly string s_folder = Path.Join(ProgramPage.Repository, "samples", "Knot");
    private static readonly string s_page = File.ReadAllText(Path.Join(s_folder, "wwwroot", "index.html"));

    [Fact]
    public void The_listings_are_those_of_the_sample()
    {
        string source = WithoutSpace(string.Concat(File.ReadLines(Path.Join(ProgramPage.Repository, "samples", "MultiDns", "Listings.cs")).Where(line => !line.TrimStart().StartsWith('#'))));
        var listings = Listing().Matches(s_page).Select(match => WithoutSpace(WebUtility.HtmlDecode(Tag().Replace(match.Groups[1].Value, "")))).ToList();

        Assert.Equal(3, listings.Count);
        Assert.All(listings, listing => Assert.Contains(listing, source));
    }

    [Fact]
    public void Each_link_leads_to_the_file_that_it_names()
    {
        var links = Link().Matches(s_page);

        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.Equal("../../../" + link.Groups[2].Value, link.Groups[1].Value));
        Assert.All(links, link => Assert.True(File.Exists(Path.Join(ProgramPage.Repository, link.Groups[2].Value)), link.Value));
    }

    [Fact]
    public void Without_an_address_the_served_page_has_paths_and_with_one_it_has_links()
    {
        string paths = Link().Replace(s_page, match => $"<code>{match.Groups[2].Value}</code>");
        string links = Link().Replace(s_page, match => $"""<a href="https://example.org/tame/blob/main/{match.Groups[2].Value}">{match.Groups[2].Value}</a>""");

        Assert.DoesNotContain("../", paths);
        Assert.Equal(paths, Write(""));
        Assert.Equal(links, Write("https://example.org/tame"));
    }

    /// <summary>The page that the build makes for a project with an address.</summary>
    private static string Write(string address)
    {
        string folder = Directory.CreateTempSubdirectory("knot-page-").FullName;
        try
        {
            using var build = Command.Start("dotnet", "msbuild", Path.Join(s_folder, "Knot.csproj"), "-t:WritePage", "-v:quiet", "-nologo", "-nodeReuse:false", $"-p:PageFolder={folder}/", $"-p:TameProjectUrl={address}");
            string output = build.StandardOutput.ReadToEnd();
            build.WaitForExit();
            Assert.True(build.ExitCode == 0, output);
            return File.ReadAllText(Path.Join(folder, "index.html")).ReplaceLineEndings("\n");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string WithoutSpace(string text) => Space().Replace(text, "");

    [GeneratedRegex("<pre[^>]*><code>(.*?)</code></pre>", RegexOptions.Singleline)]
    private static partial Regex Listing();

    [GeneratedRegex("<a href=\"([^\"]*)\">([^<]*)</a>")]
    private static partial Regex Link();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}

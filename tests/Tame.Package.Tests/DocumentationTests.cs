using System.IO.Compression;
using System.Text.RegularExpressions;
using static Tame.Package.Tests.PackedText;

namespace Tame.Package.Tests;

/// <summary>What a message, a help link or the package's readme names is something that the reader has: a page in the package, or one at the project's address.</summary>
public sealed partial class DocumentationTests(PackedFeed feed)
{
    private const string Address = "https://example.org/tame";

    private static readonly string s_root = PackedFeed.Metadata("RepositoryRoot");

    [Fact]
    public void The_package_holds_every_page_and_its_rule_pages_link_to_pages_that_it_holds()
    {
        using var package = ZipFile.OpenRead(feed.Package);
        var held = package.Entries.Select(entry => entry.FullName).ToHashSet();
        var pages = Directory.EnumerateFiles(Path.Combine(s_root, "docs"), "*.md", SearchOption.AllDirectories).Select(page => Path.GetRelativePath(s_root, page).Replace('\\', '/'));
        Assert.Equal(pages.Order(StringComparer.Ordinal), held.Where(file => file.StartsWith("docs/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        var links = from page in held.Where(file => file.StartsWith("docs/diagnostics/", StringComparison.Ordinal))
                    from link in LinksIn(Text(package, page))
                    select (page, link, target: Path.GetRelativePath(s_root, Path.GetFullPath(Path.Combine(s_root, Path.GetDirectoryName(page)!, link))).Replace('\\', '/'));
        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.True(held.Contains(link.target), $"{link.page}: {link.link}"));
    }

    [Fact]
    public void Without_an_address_the_readme_has_no_links_and_the_program_is_that_of_the_repositorys()
    {
        using var package = ZipFile.OpenRead(feed.Package);
        var readme = Text(package, "README.md");
        Assert.Empty(LinksIn(readme));
        Assert.DoesNotContain("PROJECT_URL", readme);
        Assert.Contains("- The language: every statement", readme);
        Assert.Contains(ReadmeTests.Block("csharp", 0), readme);
        Assert.DoesNotContain("rojectUrl>", Text(package, "Tame.nuspec"));
        Assert.Null(package.GetEntry("build/net10.0/Tame.Address.props"));
    }

    /// <summary>One build with an error of Tame's, a warning, and an error of the compiler's with its hint.</summary>
    [Fact]
    public async Task Without_an_address_a_diagnostic_names_the_page_in_the_package_folder()
    {
        var links = HelpLinks(await Build("names-pages"));
        Assert.Equal(["TAME024", "TAME037", "TAME062"], links.Keys.Order(StringComparer.Ordinal));
        using var package = ZipFile.OpenRead(feed.Package);
        Assert.All(links, link =>
        {
            Assert.Matches($@"^tame/\d+\.\d+\.\d+/docs/diagnostics/{link.Key}\.md$", link.Value); // the generator's version, which is the package's in a release
            Assert.NotNull(package.GetEntry(link.Value.Split('/', 3)[2]));
        });
    }

    [Fact]
    public async Task With_an_address_everything_leads_there()
    {
        var packed = await feed.PackForAsync(Address, "feed-with-address");
        using var package = ZipFile.OpenRead(packed);
        var specification = Text(package, "Tame.nuspec");
        Assert.Contains($"<projectUrl>{Address}</projectUrl>", specification);
        Assert.Contains($"<repository type=\"git\" url=\"{Address}\"", specification);
        Assert.Contains($"<_TameDocs>{Address}/blob/main/docs</_TameDocs>", Text(package, "build/net10.0/Tame.Address.props"));

        var links = LinksIn(Text(package, "README.md")).ToList();
        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.True(link.StartsWith(Address + "/blob/main/", StringComparison.Ordinal) && Path.Exists(Path.Combine(s_root, link[(Address + "/blob/main/").Length..])), link));

        var shown = HelpLinks(await Build("names-addresses", ("nuget.config", "../feed", "../feed-with-address")));
        Assert.Equal(["TAME024", "TAME037", "TAME062"], shown.Keys.Order(StringComparer.Ordinal));
        Assert.All(shown, link => Assert.Equal($"{Address}/blob/main/docs/diagnostics/{link.Key}.md", link.Value));
    }

    private async Task<string> Build(string name, params (string, string, string)[] edits)
    {
        var project = feed.Newcomer(name, edits);
        await File.WriteAllTextAsync(Path.Combine(project, "Program.cs"), """
            EventLoop.Run(Sample.Warned);

            public static partial class Sample
            {
                [Tamed] public static partial void Warned(Event done);
                private static void WarnedBody(Event done)
                {
                    using var r = new Rendezvous();
                    mkevent(r);
                    done.Trigger();
                }

                [Tamed] public static partial void Hinted(Event done);
                private static void HintedBody(Event done)
                {
                    using (twait()) Task.FromResult(1).Trigger(mkevent(out int n));
                    Console.WriteLine(n);
                    done.Trigger();
                }

                [Tamed] public static partial void Refused(Event done);
                private static void RefusedBody(Event done) => mkevent().AtTrigger(done);
            }
            """, TestContext.Current.CancellationToken);
        var (failed, log) = await feed.RunAsync(project, "build");
        Assert.NotEqual(0, failed);
        Assert.Contains("error CS0103: The name 'n' does not exist", log);
        Assert.Contains("error CS0619: 'NotGenerated()' is obsolete: 'Tame generated no code for 'Refused'; fix the TAME error reported for it.'", log);
        return log;
    }

    private static Dictionary<string, string> HelpLinks(string log) =>
        Reported().Matches(log).Select(match => (match.Groups["id"].Value, match.Groups["link"].Value)).Distinct().ToDictionary();

    private static IEnumerable<string> LinksIn(string markdown) => Links().Matches(markdown).Select(match => match.Groups["target"].Value);

    [GeneratedRegex(@"(warning|error) (?<id>TAME\d+): .* \((?<link>[^() ]+)\) \[")]
    private static partial Regex Reported();

    [GeneratedRegex(@"\]\((?<target>[^)#\s]+)(#[^)]*)?\)")]
    private static partial Regex Links();
}

using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Tame.Generator.Tests.Documents;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

/// <summary>A rule is complete: descriptor, page, and test class. The page's code is reported and fixed as it says.</summary>
public sealed class RulePageTests
{
    private const string Folder = "docs/diagnostics/";

    /// <summary>The reports of the package's targets, which are not rules of an analyzer and have no pages with C#.</summary>
    private static readonly Dictionary<string, string> s_ofTheBuild = XDocument.Parse(Repository.Read("build/package/Tame.targets"))
        .Descendants("Error").ToDictionary(error => error.Attribute("Code")!.Value, error => error.Attribute("HelpLink")!.Value.Replace("$(_TameDocs)", "docs", StringComparison.Ordinal));

    public static TheoryData<string> Ids => [.. Descriptors.Select(rule => rule.Id)];

    private static IEnumerable<DiagnosticDescriptor> Descriptors =>
        typeof(Generator.Rules).GetFields().Select(rule => rule.GetValue(null)).OfType<DiagnosticDescriptor>();

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_page_of_a_rule_bears_its_title_and_is_what_it_links_to(string id)
    {
        var rule = Descriptors.Single(rule => rule.Id == id);
        Assert.StartsWith($"# {id}: {rule.Title}\n", Repository.Read(Folder + id + ".md"));
        Assert.Matches($@"^(https://.+|tame/\d+\.\d+\.\d+[^/]*)/{Folder}{id}\.md$", rule.HelpLinkUri);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_reported_code_of_a_page_is_reported_for_its_rule_and_nothing_else(string id)
    {
        var snippet = Snippet.Compilation(Blocks(id)[0]);
        var reported = id switch
        {
            "TAME080" => await Compiled.AnalyzeKept(snippet),
            "TAME081" => await Compiled.AnalyzeNesting(snippet),
            "TAME099" => Faulty.Reports("Feed", snippet),
            _ => await OtherGenerator.Analyze(id, snippet),
        };
        Assert.NotEmpty(reported);
        Assert.All(reported, d => Assert.Equal(id, d.Id));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_mended_code_of_a_page_is_clean_and_compiles(string id)
    {
        var mended = Snippet.Compilation(Blocks(id)[1]);
        Assert.Empty(await OtherGenerator.Analyze(id, mended));
        Assert.Empty(Compiled.Problems(OtherGenerator.Output(id, mended)));
    }

    [Fact]
    public void No_page_outlives_its_rule()
    {
        var pages = Directory.EnumerateFiles(Path.Combine(Repository.Root, Folder), "TAME*.md").Select(Path.GetFileNameWithoutExtension);
        Assert.Equal(Descriptors.Select(rule => rule.Id).Concat(s_ofTheBuild.Keys).Order(), pages.Order());
    }

    [Fact]
    public void What_the_build_reports_has_a_page_that_it_links_to()
    {
        Assert.NotEmpty(s_ofTheBuild);
        Assert.All(s_ofTheBuild, error =>
        {
            Assert.Equal(Folder + error.Key + ".md", error.Value);
            Assert.StartsWith($"# {error.Key}: ", Repository.Read(error.Value));
        });
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_rule_has_tests(string id) => Assert.NotNull(typeof(RulePageTests).Assembly.GetType($"{typeof(RulePageTests).Namespace}.{id}Tests"));

    private static IReadOnlyList<string> Blocks(string id)
    {
        var blocks = CodeBlock.Of(Repository.Read(Folder + id + ".md"));
        Assert.Equal(2, blocks.Count);
        return [.. blocks.Select(block => Repeated.Expand(block.Text))];
    }
}

using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Tame.Generator.Lowering;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Documents;

/// <summary>The code in README and docs is code that a test runs. <c>TAME_ACCEPT=1</c> copies it again, except for excerpts.</summary>
public sealed partial class DocumentTests
{
    private static readonly bool s_accept = Environment.GetEnvironmentVariable("TAME_ACCEPT") == "1";

    public static TheoryData<string> Documents =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md").Select(file => Path.GetRelativePath(Repository.Root, file)).Prepend("README.md")];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Code_in_a_document_is_the_code_of_its_source(string path)
    {
        var text = Repository.Read(path);
        var refreshed = CodeBlock.Refresh(text, Source);
        if (s_accept && refreshed != text) File.WriteAllText(Path.Combine(Repository.Root, path), refreshed);
        else Assert.Equal(refreshed, text);
    }

    [Fact]
    public void Links_between_documents_lead_somewhere()
    {
        var pages = Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Repository.Root, "*.md"));
        Assert.Empty(pages.SelectMany(page => DeadLinks(page, File.ReadAllText(page))));
        Assert.Equal(["README.md: nowhere.md"], DeadLinks(Path.Combine(Repository.Root, "README.md"), "[a](nowhere.md), [b](LICENSE), [c](https://example.org)"));
    }

    [Fact]
    public void A_block_that_differs_from_its_region_is_seen()
    {
        const string Code = "class C\n{\n    #region loop\n    while (true)\n\n        F();\n    #endregion\n}\n";
        const string Good = "Text.\n\n<!-- code: a.cs#loop -->\n```csharp\nwhile (true)\n\n    F();\n```\n";
        Assert.Equal(Good, CodeBlock.Refresh(Good, block => CodeBlock.Region(Code, block.Part)));
        Assert.NotEqual(Good, CodeBlock.Refresh(Good, block => CodeBlock.Region(Code.Replace("F()", "G()"), block.Part)));
        Assert.Equal(["code", ""], CodeBlock.Of(Good + "```csharp\nunsourced\n```\n").Select(block => block.Kind));
    }

    [Fact]
    public void An_excerpt_that_differs_from_its_golden_is_seen()
    {
        const string Golden = "// ---- A.Run-1.g.cs\n    a();\n#line 1\n__1:\n    if (b)\n        c();\n    d();\n\n// ---- A.Other-1.g.cs\n    e();\n";
        Assert.All(["a();\n", "__1:\n    if (b)\n        c();\n", "a();\n// …\nd();\n"], good => Assert.Equal(good, CodeBlock.Excerpt(Golden, "A.Run", good)));
        Assert.All(["a(1);\n", "if (b)\nc();\n", "d();\n// …\na();\n", "e();\n", "a();\nd();\n"], bad => Assert.NotEqual(bad, CodeBlock.Excerpt(Golden, "A.Run", bad)));
    }

    [Fact]
    public void The_numbers_of_the_first_page_are_those_of_the_report()
    {
        var (readme, report) = (Repository.Read("README.md"), Repository.Read("docs/performance.md"));
        var measured = Rows(report);
        var shown = Rows(readme.Split("## Numbers")[1].Split("\n## ")[0]).Skip(1).ToList();
        Assert.True(shown.Count > 5);
        Assert.All(shown, row => Assert.Contains(measured, other => other.Length > 2 && other[0] == row[0] && other[1] == row[1] && other[2].Split("; ").Contains(row[2])));
        Assert.Contains(Measured().Match(readme).Value, report, StringComparison.Ordinal);
        Assert.All(Quantities().Matches(readme), quantity => Assert.Contains(quantity.Value, report, StringComparison.Ordinal));
        Assert.Contains(Rows("| a | b |\n|---|---|\n| `c` | 1 |\n"), row => row is ["`c`", "1"]);
    }

    private static List<string[]> Rows(string markdown) =>
        [.. markdown.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Select(line => line.Trim('|').Split(" | ").Select(cell => cell.Trim(' ', '|')).ToArray())];

    [Fact]
    public void The_page_of_the_language_has_a_row_for_each_refusal()
    {
        var page = Repository.Read("docs/language.md");
        var errors = typeof(Generator.Rules).GetFields().Select(rule => rule.GetValue(null)).OfType<DiagnosticDescriptor>()
            .Where(rule => rule.DefaultSeverity == DiagnosticSeverity.Error).Select(rule => rule.Id).ToList();
        Assert.NotEmpty(errors);
        Assert.All(errors, id => Assert.Contains($"\n| [{id}](diagnostics/{id}.md) |", page, StringComparison.Ordinal));
    }

    private static string Source(CodeBlock block) => block.Kind switch
    {
        "code" => CodeBlock.Region(Repository.Read(block.File), block.Part),
        "generated" => Generated(block.File, block.Part),
        "excerpt" => Checked(block.Text, CodeBlock.Excerpt(Repository.Read(block.File), block.Part, block.Text)),
        _ => throw new InvalidOperationException($"A C# block says not where its code comes from:\n{block.Text}"),
    };

    /// <summary>An excerpt is chosen by hand, so a person must check it when its golden changes.</summary>
    private static string Checked(string excerpt, string found)
    {
        Assert.Equal(excerpt, found);
        return excerpt;
    }

    /// <summary>The generated code for one method of a file.</summary>
    private static string Generated(string file, string method)
    {
        var compilation = Compiled.Compilation().AddSyntaxTrees(Compiled.Tree(Repository.Read(file), file));
        var (files, output) = Compiled.Generate(compilation);
        Assert.Empty(Compiled.Problems(output));
        return files.Single(generated => generated.HintName.StartsWith(method + "-", StringComparison.Ordinal)).SourceText.ToString();
    }

    private static IEnumerable<string> DeadLinks(string page, string text) =>
        from match in Links().Matches(text)
        let target = match.Groups["target"].Value
        where !Path.Exists(Path.Combine(Path.GetDirectoryName(page)!, target))
        select $"{Path.GetRelativePath(Repository.Root, page)}: {target}";

    [GeneratedRegex(@"\d[\d.,]* (ns|B|MB|requests/s)\b")]
    private static partial Regex Quantities();

    [GeneratedRegex(@"Measured on [^)]+\)")]
    private static partial Regex Measured();

    [GeneratedRegex(@"\]\((?!https?:)(?<target>[^)#\s]+)(#[^)]*)?\)")]
    private static partial Regex Links();
}

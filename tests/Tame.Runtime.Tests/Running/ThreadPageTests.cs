using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Tame.Runtime.Tests.Running;

/// <summary>docs/threads.md says which thread may access what. It names each field of a loop, and its rules are those that the code cites.</summary>
public sealed partial class ThreadPageTests
{
    private const string Page = "docs/threads.md";
    private static readonly string s_root = Path.GetFullPath(Path.Combine(Here(), "..", "..", ".."));

    [Fact]
    public void The_page_names_each_field_of_a_loop()
    {
        var table = Section("## The fields of a loop");
        var named = Code().Matches(table).Select(match => match.Groups[1].Value);
        Assert.Equal([], Fields().Except(named));
    }

    [Fact]
    public void The_page_names_no_field_that_a_loop_has_not()
    {
        var fields = Fields().ToHashSet();
        var rows = Section("## The fields of a loop").Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal));
        var named = rows.SelectMany(row => Code().Matches(Parentheses().Replace(row.Split('|')[1], "")).Select(match => match.Groups[1].Value));
        Assert.Equal([], named.Except(fields));
    }

    [Fact]
    public void The_code_cites_rules_of_the_page()
    {
        int count = Rule().Count(Section("## Rules"));
        var cited = Cited().ToHashSet();
        Assert.Equal(Enumerable.Range(1, count), cited.Order());
    }

    [Fact]
    public void The_page_names_classes_that_exist()
    {
        var types = typeof(EventLoop).Assembly.GetTypes().Select(type => type.Name.Split('`')[0]).ToHashSet();
        var objects = Section("## Objects that several threads see").Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal));
        Assert.Equal([], objects.SelectMany(row => Code().Matches(row.Split('|')[1]).Select(match => match.Groups[1].Value)).Except(types));
    }

    private static IEnumerable<string> Fields()
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        return typeof(EventLoop).GetFields(All).Select(field => Backing().Replace(field.Name, "$1")).Where(name => name != "_outsideAtEnd");   // of debug builds
    }

    private static IEnumerable<int> Cited() =>
        from file in Directory.EnumerateFiles(Path.Combine(s_root, "src/Tame.Runtime"), "*.cs", SearchOption.AllDirectories)
        where !file.Contains("/obj/", StringComparison.Ordinal)
        from Match match in Citation().Matches(File.ReadAllText(file))
        select int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

    private static string Section(string heading)
    {
        string text = File.ReadAllText(Path.Combine(s_root, Page));
        int start = text.IndexOf(heading, StringComparison.Ordinal);
        Assert.True(start >= 0, heading);
        int end = text.IndexOf("\n## ", start + heading.Length, StringComparison.Ordinal);
        return end < 0 ? text[start..] : text[start..end];
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    [GeneratedRegex("`([A-Za-z_]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\([^)]*\)")]
    private static partial Regex Parentheses();

    [GeneratedRegex("^<(.+)>k__BackingField$")]
    private static partial Regex Backing();

    [GeneratedRegex(@"^\d+\. \*\*", RegexOptions.Multiline)]
    private static partial Regex Rule();

    [GeneratedRegex(@"rule (\d+) of docs/threads\.md")]
    private static partial Regex Citation();
}

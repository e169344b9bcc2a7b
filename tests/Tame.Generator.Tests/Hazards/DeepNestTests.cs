using System.Text;
using System.Text.RegularExpressions;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Hazards;

/// <summary>The generated text for a deep nest grows with its depth: each level adds as much as the one before.</summary>
public sealed class DeepNestTests
{
    private const string Wait = "using (twait()) asap(mkevent());";

    [Theory]
    [InlineData("try { ", " } finally { n++; }")]
    [InlineData("try { " + Wait, " } finally { n++; }")]
    [InlineData("try { ", " } catch (System.IO.IOException) { " + Wait + " }")]
    [InlineData("try { ", " } finally { " + Wait + " }")]
    [InlineData("using (new System.IO.MemoryStream()) { ", Wait + " }")]
    [InlineData("foreach (var each in System.Linq.Enumerable.Range(0, n)) { ", Wait + " }")]
    [InlineData("if (n == 1) { " + Wait + " } else { ", "}")]
    [InlineData("while (n > 0) { " + Wait, "}")]
    [InlineData("switch (n) { case 1: { " + Wait, "} break; }")]
    public void Each_level_adds_as_much_text_as_the_one_before(string before, string after)
    {
        var (shallow, middle, deep) = (Length(before, after, 40), Length(before, after, 80), Length(before, after, 120));
        Assert.InRange(deep - middle, (middle - shallow) * 9 / 10, (middle - shallow) * 11 / 10);
    }

    [Fact]
    public void A_region_is_reached_by_one_case_for_all_waits_in_it()
    {
        var text = Text("try { " + Wait, " } finally { n++; }", 3);
        // In source order: the outermost region, then each one in it.
        Assert.Equal(
            [
                "case >= 1 and <= 4: goto __try1;", "case 5: goto __5;",
                "case 1: __at = 0; goto __1;", "case >= 2 and <= 4: goto __try2;",
                "case 2: __at = 0; goto __2;", "case 3 or 4: goto __try3;",
                "case 3: __at = 0; goto __3;", "case 4: __at = 0; goto __4;",
            ],
            Regex.Matches(text, @"case [^:]*: .*?goto \w+;").Select(match => match.Value));
    }

    private static int Length(string before, string after, int depth) => Text(before, after, depth).Length;

    private static string Text(string before, string after, int depth)
    {
        var code = new StringBuilder();
        for (var i = 0; i < depth; i++) code.Append(before.Replace(" each ", $" each{i} ", StringComparison.Ordinal)).Append('\n');
        code.Append(Wait).Append('\n');
        for (var i = 0; i < depth; i++) code.Append(after).Append('\n');
        var (files, output) = Compiled.Generate(Compiled.Compilation(Stage.Set(code + Wait)));
        Assert.Empty(Compiled.Problems(output));
        return Assert.Single(files).SourceText.ToString();
    }
}

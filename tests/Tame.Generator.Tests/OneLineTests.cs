using Microsoft.CodeAnalysis.CSharp;
using Tame.Generator.Binding.Text;

namespace Tame.Generator.Tests;

/// <summary>The name of a wait in a profile: its statement on one line.</summary>
public sealed class OneLineTests
{
    [Theory]
    [InlineData("twait(r);", "twait(r);")]
    [InlineData("using (twait())\r\n{\r\n    // first\r\n    asap(mkevent());\t/* then */ asap( mkevent() );\r\n}", "using (twait()) { asap(mkevent()); asap( mkevent() ); }")]
    [InlineData("twait(e => Ask(\"\"\"\n    a\tb\n    \"\"\", e));", "twait(e => Ask(\"\"\"     a b     \"\"\", e));")]
    public void A_statement_is_one_line_without_comments(string statement, string caption) => Assert.Equal(caption, OneLine.Of(SyntaxFactory.ParseStatement(statement)));

    [Theory]
    [InlineData(57, "\", e));")]
    [InlineData(58, "\", e)…")]
    public void A_long_one_is_cut_at_80_characters(int length, string end)
    {
        var caption = OneLine.Of(SyntaxFactory.ParseStatement($"twait(e => Ask(\"{new string('x', length)}\", e));"));
        Assert.Equal($"twait(e => Ask(\"{new string('x', length)}{end}", caption);
        Assert.Equal(80, caption.Length);
    }

    [Fact]
    public void No_character_is_cut_in_two()
    {
        var caption = OneLine.Of(SyntaxFactory.ParseStatement($"f(\"{new string('x', 75)}\U0001F600\U0001F600\");"));
        Assert.Equal($"f(\"{new string('x', 75)}…", caption);
    }
}

using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME023Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME023");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["'twait()' must be written as 'using (twait()) …', which waits at the end of its statement or block"],
        await s_rule.Reports("""
        using var block = [|twait()|];
        asap(mkevent());
        """));

    [Theory]
    [InlineData("""
        using (var block = [|twait()|]) asap(mkevent());
        """)]
    [InlineData("""
        [|twait()|];
        """)]
    [InlineData("""
        var block = [|twait()|];
        block.Dispose();
        """)]
    [InlineData("""
        using (([|Primitives.twait()|])) asap(mkevent());
        """)]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code);

    [Theory]
    [InlineData("""
        using (twait()) asap(mkevent());
        using (Primitives.twait()) asap(mkevent());
        using (Tame.Primitives.twait())
        {
            asap(Tame.Primitives.mkevent());
        }
        using (twait())
        {
            asap(mkevent());
            using (twait()) asap(mkevent());
        }
        """)]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);
}

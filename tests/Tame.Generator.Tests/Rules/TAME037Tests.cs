using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME037Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME037");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["'k' is declared in the twait block of line 7 and ends with it; declare it before the block, 'int k;', or write the block as 'twait(e => …, out int k)'"],
        await s_rule.Reports("using (twait()) Get(mkevent(out int k));\nUse([|k|]);", "CS0103"));

    [Theory]
    [InlineData("using (twait()) { Get(mkevent(out int k)); Get(mkevent(out int m)); }\nUse([|k|]);", "'int k;'")]
    [InlineData("using (twait()) { int k; Get(mkevent(out k)); }\nUse([|k|]);", "'int k;'")]
    [InlineData("using (twait()) { List<int?> k = []; Get(mkevent(out int m)); }\nUse([|k|]);", "'List<int?> k;'")]
    public async Task The_everyday_form_is_named_only_where_the_block_makes_the_one_event_for_it(string code, string declaration)
    {
        var message = Assert.Single(await s_rule.Reports(code, "CS0103"));
        Assert.EndsWith($"declare it before the block, {declaration}", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("using (twait()) Get(mkevent(out int k)); while ([|k|] > 0) n--;")]
    [InlineData("while (n > 0) { using (twait()) { Get(mkevent(out int k)); } n -= [|k|]; }")]
    [InlineData("using (twait()) { using (twait()) Get(mkevent(out int k)); Get(mkevent(out numbers[[|k|]])); }")]
    [InlineData("using (twait()) Get(mkevent(out int k)); Func<int> later = () => [|k|]; Use(later);")]
    [InlineData("using (twait()) Get(mkevent(out int k)); Use([|k|]); Use([|k|] + 1);")]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code, "CS0103");

    [Theory]
    [InlineData("using (twait()) Get(mkevent(out int k)); int other = 1; Use(other);")]
    [InlineData("int k; using (twait()) Get(mkevent(out k)); Use(k);")]
    [InlineData("using (twait()) Get(mkevent(out int k)); using (twait()) Get(mkevent(out int m));")]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);

    [Theory]
    [InlineData("Use(k); using (twait()) Get(mkevent(out int k));")]
    [InlineData("if (n > 3) { int k = 1; Use(k); } Use(k);")]
    [InlineData("using (twait()) { Get(mkevent(out int _)); Action a = () => { int k = 1; Use(k); }; } Use(k);")]
    public async Task Another_unknown_name_is_the_compilers_alone_to_report(string code)
    {
        var compilation = Compiled.Compilation(Stage.Set(code));
        Assert.Contains(Compiled.Problems(Compiled.Generate(compilation).Output), error => error.Id is "CS0103" or "CS0841");
        Assert.Empty(await Compiled.Analyze(compilation));
    }
}

using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME055Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME055");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["'list[n]' is an element of 'List<int>', which is not a memory location that can be written later; use a local, and assign its value after the wait"],
        await s_rule.Reports("var list = new List<int>(); using (twait()) Get(mkevent(out [|list[n]|]));", "CS0206"));

    [Theory]
    [InlineData("using (twait()) Get(mkevent(out [|box.Property|]));")]
    [InlineData("using (twait()) Get(mkevent(out ([|box.Property|])));")]
    [InlineData("var names = new Dictionary<string, int>(); using (twait()) Get(mkevent(out [|names[\"a\"]|]));")]
    [InlineData("using (twait()) Get(mkevent(slot: out [|box.Property|]).WithTimeout(TimeSpan.Zero));")]
    [InlineData("var r = new Rendezvous(); Get(mkevent(r, out [|box.Property|])); twait(r);")]
    [InlineData("var r = new Rendezvous<int>(); Get(mkevent(r, 1, out int _)); twait(r, out [|box.Property|]);")]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code.Replace("([|box.Property|])", "[|(box.Property)|]", StringComparison.Ordinal), "CS0206");

    [Theory]
    [InlineData("using (twait()) Get(mkevent(out box.Value));")]
    [InlineData("using (twait()) Get(mkevent(out numbers[0]));")]
    [InlineData("int k; using (twait()) Get(mkevent(out k)); box.Property = k;")]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);

    [Fact]
    public async Task Another_out_argument_is_the_compilers_alone_to_report()
    {
        var compilation = Compiled.Compilation(Stage.Set("using (twait()) Get(mkevent(out int _)); int.TryParse(\"\", out box.Property);"));
        Assert.Equal("CS0206", Assert.Single(Compiled.Problems(Compiled.Generate(compilation).Output)).Id);
        Assert.Empty(await Compiled.Analyze(compilation));
    }
}

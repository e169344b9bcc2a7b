using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME028Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME028");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["'mkevent' is not allowed in the lambda of a twait, whose only event is its parameter; write the statement as a block, 'using (twait()) …', where it is allowed"],
        await s_rule.Reports("twait(e => { asap(e); asap([|mkevent()|]); });"));

    [Theory]
    [InlineData("twait(e => { asap(e); [|twait(inner => asap(inner))|]; });")]
    [InlineData("twait(e => { using ([|twait()|]) asap([|mkevent()|]); asap(e); });")]
    [InlineData("var r = new Rendezvous(); twait(e => { [|twait(r)|]; asap(e); });")]
    [InlineData("twait(e => { [|twait(Task.CompletedTask)|]; Get(e); }, out n);")]
    [InlineData("twait(e => Get([|mkevent(out n)|]), out n);")]
    [InlineData("twait(delegate (Event e) { asap(e); asap([|Primitives.mkevent()|]); });")]
    [InlineData("using (twait()) twait(e => { asap(e); asap([|mkevent()|]); });")]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code);

    [Theory]
    [InlineData("using (twait()) { twait(e => asap(e)); asap(mkevent()); }")]
    [InlineData("using var r = new Rendezvous(); twait(e => { asap(e); asap(mkevent(r)); }); twait(r);")]
    [InlineData("using (twait()) Get(mkevent(out n)); twait(e => Get(e), out n);")]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);
}

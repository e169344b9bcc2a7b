using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME022Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME022");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["'mkevent' can only be called, not used as a delegate"],
        await s_rule.Reports("""
        Func<Event> make = [|mkevent|];
        using (twait()) asap(make());
        """));

    [Theory]
    [InlineData("""
        Action<Rendezvous> wait = [|twait|];
        """)]
    [InlineData("""
        Func<Event> make = Primitives.[|mkevent|];
        """)]
    [InlineData("""
        Use((Func<Event>)[|mkevent|]);
        Use(new Func<Event>([|mkevent|]));
        var all = numbers.Select(i => (Func<Event>)[|mkevent|]);
        """)]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code);

    [Theory]
    [InlineData("""
        var make = [|mkevent|];
        """)]
    public async Task Is_reported_where_the_compiler_has_its_own_complaint(string code) => await s_rule.Reports(code, "CS0619 CS8917");

    [Theory]
    [InlineData("""
        Use(nameof(mkevent) + nameof(Primitives.twait));
        Action<Event> soon = asap;
        using (twait()) soon(mkevent());
        """)]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);
}

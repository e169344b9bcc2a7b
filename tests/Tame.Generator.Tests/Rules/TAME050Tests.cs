using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME050Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME050");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["'x' is out of scope before the twait block that begins in line 7 can show that it is filled; declare it outside, or write 'out _' with its type if you do not need the value", "'y' is out of scope before a join of 'r' can show that it is filled; declare it outside, or write 'out _' with its type if you do not need the value"],
        await s_rule.Reports("""
        using (twait()) Get(mkevent([|out int x|]));
        using var r = new Rendezvous<int>();
        if (n > 3)
        {
            Get(mkevent(r, 1, [|out int y|]));
        }

        twait(r);
        """));

    [Theory]
    [InlineData("""
        using (twait())
        {
            int late;
            Get(mkevent([|out late|]));
        }
        """)]
    [InlineData("""
        using var r = new Rendezvous<int>();
        for (int i = 0; i < 3; i++)
        {
            int each;
            Get(mkevent(r, i, [|out each|]));
        }

        for (int i = 0; i < 3; i++) twait(r, out int id);
        """)]
    [InlineData("""
        using var r = new Rendezvous<int>();
        while (Choose())
        {
            using (twait()) asap(mkevent());
            Get(mkevent(r, 1, [|out int each|]));
        }

        twait(r);
        """)]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code);

    [Theory]
    [InlineData("""
        int x;
        using (twait()) Get(mkevent(out x));
        using (twait()) Get(mkevent(out int _));
        Use(x);
        """)]
    [InlineData("""
        using var r = new Rendezvous<int>();
        for (int i = 0; i < 3; i++)
        {
            Get(mkevent(r, i, out int each));
            twait(r, out int id);
            Use(each);
        }
        """)]
    [InlineData("""
        for (int i = 0; i < 3; i++)
        {
            using var r = new Rendezvous();
            Get(mkevent(r, out int each));
            twait(r);
            Use(each);
        }
        """)]
    [InlineData("""
        // A lambda keeps the variable, and may read it at any time.
        var all = new List<Func<int>>();
        using var r = new Rendezvous<int>();
        for (int i = 0; i < 3; i++)
        {
            int each = 0;
            all.Add(() => each);
            Get(mkevent(r, i, out each));
        }

        twait(r);
        Use(all);
        """)]
    [InlineData("""
        using (twait())
        {
            int inner;
            using (twait()) Get(mkevent(out inner));
            Get(mkevent(out numbers[inner]));
        }
        """)]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);
}

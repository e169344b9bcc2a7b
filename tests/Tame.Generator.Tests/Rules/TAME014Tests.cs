using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME014Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME014");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["'who' has a type without a name, which generated code cannot declare; give it a named type such as a tuple or a record"],
        await s_rule.Reports("""
        var [|who|] = new { Name = "Ada" };
        using (twait()) asap(mkevent());
        Use(who.Name);
        """));

    [Theory]
    [InlineData("""
        var [|all|] = numbers.Select(i => new { Number = i }).ToList();
        using (twait()) asap(mkevent());
        Use(all);
        """)]
    [InlineData("""
        foreach (var [|item|] in numbers.Select(i => new { Number = i }))
        {
            using (twait()) asap(mkevent());
            Use(item.Number);
        }
        """)]
    [InlineData("""
        // Its value is needed after no wait, but the compiler cannot see that once the try is entered again.
        var [|one|] = new { N = 1 };
        try { if (n > 3) { using (twait()) asap(mkevent()); return; } }
        finally { Use(n); }
        Use(one);
        """)]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code);

    [Theory]
    [InlineData("""
        var who = (Name: "Ada", Born: 1815);
        using (twait()) asap(mkevent());
        Use(who.Name);
        """)]
    [InlineData("""
        if (n > 1)
        {
            var who = new { Name = "Ada" };
            Use(who);
        }

        using (twait()) asap(mkevent());
        Use(numbers.Select(i => new { Number = i }).First().Number);
        """)]
    [InlineData("""
        while (Choose())
        {
            var all = numbers.Select(i => new { Number = i }).ToArray();
            foreach (var each in all) Use(each.Number);
            if (all.Length > 3)
            {
                var first = all[0];
                Use(first.Number);
                using (twait()) asap(mkevent());
                break;
            }

            var last = all[^1];
            Use(last.Number);
            if (last.Number == 2) { using (twait()) asap(mkevent()); }
        }
        """)]
    [InlineData("""
        try
        {
            var two = new { N = 2 };
            if (two.N > n) { using (twait()) asap(mkevent()); return; }
            Use(two);
        }
        finally { Use(n); }
        using (twait()) asap(mkevent());
        """)]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);
}

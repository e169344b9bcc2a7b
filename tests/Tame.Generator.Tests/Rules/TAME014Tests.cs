using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME014Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME014");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["'who' has a type without a name, which generated code cannot declare; give it a type that has one, such as a tuple, a record or a delegate"],
        await s_rule.Reports("""
        var who = new { Name = "Ada" };
        using (twait()) asap(mkevent());
        System.Linq.Expressions.Expression<Func<string>> tree = () => [|who|].Name;
        Use(tree);
        """));

    [Theory]
    [InlineData("""
        var add = (int x = 1) => x + n;
        using (twait()) asap(mkevent());
        System.Linq.Expressions.Expression<Func<object>> tree = () => [|add|];
        Use(tree);
        """)]
    [InlineData("""
        foreach (var each in [|new[,] { { new { Name = "Ada" } } }|])
        {
            using (twait()) asap(mkevent());
            Use(each.Name);
        }
        """)]
    [InlineData("""
        var who = new { Name = "Ada" };
        using (twait()) asap(mkevent());
        System.Linq.Expressions.Expression<Func<string>> tree = () => [|who|].Name;
        Use(tree);
        """)]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code);

    [Theory]
    [InlineData("""
        var add = (ref int x) => x++;
        var both = (n, add);
        using (twait()) asap(mkevent());
        add(ref n);
        both.add(ref n);
        foreach (var each in new[] { (ref int x) => x++ })
        {
            using (twait()) asap(mkevent());
            each(ref n);
        }
        """)]
    [InlineData("""
        using (twait()) asap(mkevent());
        var add = (int x = 5) => x + n;
        Use(add() + add(1));
        using (twait()) asap(mkevent());
        """)]
    [InlineData("""
        var add = (ref int x) => x++;
        try { if (n > 3) { using (twait()) asap(mkevent()); return; } }
        finally { Use(n); }
        add(ref n);
        """)]
    [InlineData("""
        var groups = numbers.Select(i => new { i }).GroupBy(i => i.i).Select(g => new { g.Key, Items = g.ToList() }).ToList();
        foreach (var g in groups)
        {
            using (twait()) asap(mkevent());
            Use(g.Key + g.Items[0].i);
        }
        """)]
    [InlineData("""
        var who = new { Name = "Ada" };
        var all = numbers.Select(i => new { Number = i }).ToList();
        using (twait()) asap(mkevent());
        Use(who.Name);
        Func<string> name = () => who.Name;
        foreach (var each in all)
        {
            using (twait()) asap(mkevent());
            Use(each.Number + name());
        }
        """)]
    [InlineData("""
        if (n > 1)
        {
            var add = (ref int x) => x++;
            add(ref n);
        }

        using (twait()) asap(mkevent());
        var last = (ref int x) => x++;
        last(ref n);
        """)]
    [InlineData("""
        while (Choose())
        {
            var add = (ref int x) => x++;
            if (n > 3)
            {
                add(ref n);
                using (twait()) asap(mkevent());
                break;
            }

            add(ref n);
            if (n == 2) { using (twait()) asap(mkevent()); }
        }
        """)]
    [InlineData("""
        try
        {
            var add = (ref int x) => x++;
            add(ref n);
            if (n > 7) { using (twait()) asap(mkevent()); return; }
            add(ref n);
        }
        finally { Use(n); }
        using (twait()) asap(mkevent());
        """)]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);
}

using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME028Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME028");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["A wait in a finally block is not supported yet in a tamed body; wait after the try statement"],
        await s_rule.Reports("""
        try
        {
            Use(n);
        }
        finally
        {
            using ([|twait()|]) asap(mkevent());
        }
        """));

    [Theory]
    [InlineData("""
        var r = new Rendezvous();
        try { Use(n); }
        catch (IOException) { [|twait(r)|]; }
        finally { using ([|twait()|]) asap(mkevent()); }
        """)]
    [InlineData("""
        checked
        {
            using ([|twait()|]) asap(mkevent());
        }
        """)]
    [InlineData("""
        foreach (var i in [|new int[2, 2]|])
        {
            using (twait()) asap(mkevent());
        }
        """)]
    [InlineData("""
        foreach (var i in numbers)
        {
            int [|fresh|] = i;
            Action use = () => Use(fresh);
            using (twait()) asap(mkevent());
            use();
        }
        """)]
    [InlineData("""
        unsafe
        {
            int kept = n;
            int* p = &[|kept|];
            Use(*p);
            using (twait()) asap(mkevent());
            Use(kept);
        }
        """)]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code);

    [Theory]
    [InlineData("""
        switch (n)
        {
            case 1: using (twait()) asap(mkevent()); break;
        }

        try { using (twait()) asap(mkevent()); }
        catch (IOException) { Use(n); }
        finally { Use(n); }
        checked { n++; }
        foreach (var i in new int[2, 2]) Use(i);
        foreach (var i in numbers)
        {
            int fresh = i;
            Action use = () => Use(fresh);
            use();
        }

        int once = n;
        Action later = () => Use(once);
        using (twait()) asap(mkevent());
        later();
        """)]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);
}

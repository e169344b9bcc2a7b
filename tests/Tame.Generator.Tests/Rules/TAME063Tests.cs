using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME063Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME063");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["The body ends with an event of 'r' neither joined nor cancelled; join what is left, call 'r.Cancel()', or declare it with 'using var'"],
        await s_rule.Reports("""
        var [|r|] = new Rendezvous<int>();
        asap(mkevent(r, 1));
        asap(mkevent(r, 2));
        twait(r, out int id);
        """));

    [Fact]
    public async Task The_message_says_whether_other_paths_are_right() => Assert.Equal(
        ["On some path the body ends with 2 events of 'r' neither joined nor cancelled; join what is left, call 'r.Cancel()', or declare it with 'using var'"],
        await s_rule.Reports("""
        var [|r|] = new Rendezvous<int>();
        asap(mkevent(r, 1));
        if (n > 3) asap(mkevent(r, 2));
        if (n < 2) r.Cancel();
        else if (n < 3) twait(r, out int id);
        """));

    [Theory]
    [InlineData("""
        var r = new Rendezvous<int>();
        if (n > 3) asap(mkevent(r, 1));
        Use(n);
        if (n > 3) twait(r, out int id);
        """)]
    [InlineData("""
        var r = new Rendezvous<int>();
        for (int i = 0; i < n; i++) asap(mkevent(r, i));
        for (int i = 0; i < n; i++) twait(r, out int id);
        """)]
    [InlineData("""
        var r = new Rendezvous<int>();
        asap(mkevent(r, 1));
        bool again = true;
        while (again)
        {
            twait(r, out int id);
            again = id > n;
            if (again) asap(mkevent(r, id - 1));
        }
        """)]
    [InlineData("""
        var r = new Rendezvous<int>();
        asap(mkevent(r, 1));
        switch (n)
        {
            case 1: twait(r, out int id); break;
            case 2: throw new System.InvalidOperationException();
            default: r.Cancel(); break;
        }
        """)]
    [InlineData("""
        if (n > 3)
        {
            var r = new Rendezvous();
            r.Dispose();
            asap(mkevent(r));
        }
        """)]
    public async Task Paths_that_join_what_they_made_are_let_be(string code) => await s_rule.LetsBe(code);

    [Theory]
    [InlineData("""
        var [|r|] = new Rendezvous();
        asap(mkevent(r));
        """)]
    [InlineData("""
        var [|r|] = new Rendezvous();
        asap(mkevent(r));
        if (n > 3)
        {
            done.Trigger();
            return;
        }

        twait(r);
        """)]
    [InlineData("""
        while (n-- > 0)
        {
            using (twait()) asap(mkevent());
        }

        var [|r|] = new Rendezvous();
        asap(mkevent(r));
        asap(mkevent(r));
        asap(mkevent(r));
        if (r.TryJoin()) twait(r);
        """)]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code);

    [Theory]
    [InlineData("""
        using var r = new Rendezvous<int>();
        asap(mkevent(r, 1));
        using (var s = new Rendezvous()) asap(mkevent(s));
        """)]
    [InlineData("""
        var r = new Rendezvous();
        asap(mkevent(r));
        asap(mkevent(r));
        twait(r);
        if (n > 3) twait(r);
        else r.Cancel();
        """)]
    [InlineData("""
        var r = new Rendezvous();
        foreach (int number in numbers) asap(mkevent(r));
        foreach (int number in numbers) twait(r);
        asap(mkevent(r));
        twait(r);
        """)]
    [InlineData("""
        var r = new Rendezvous();
        asap(mkevent(r));
        Use(r);
        var s = new Rendezvous();
        asap(mkevent(s));
        while (s.Waiting + s.Ready > 0) twait(s);
        """)]
    [InlineData("""
        var r = new Rendezvous();
        asap(mkevent(r));
        System.Action end = () => r.Cancel();
        end();
        """)]
    [InlineData("""
        var r = new Rendezvous();
        var e = mkevent(r);
        e.Trigger();
        var s = new Rendezvous();
        if (n > 3) asap(mkevent(s));
        if (n > 3) twait(s);
        """)]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);
}

using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME052Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME052");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["'x' is read here while the event made in line 10, which fills it, is outstanding; read it after the block", "'n' is read here while the event made in line 15, which fills it, is outstanding; join it first"],
        await s_rule.Reports("""
        int x = 0;
        using (twait())
        {
            Get(mkevent(out x));
            Use([|x|]);
        }

        using var r = new Rendezvous();
        Get(mkevent(r, out n));
        Use([|n|]);
        twait(r);
        """));

    [Theory]
    [InlineData("int x = 0; twait(e => { Get(e); Use([|x|]); }, out x);")]
    [InlineData("""
        int x = 0;
        using (twait())
        {
            var e = mkevent(out x);
            Use(x);
            Get(e);
            numbers[[|x|]]++;
        }
        """)]
    [InlineData("""
        using (twait())
        {
            Get(mkevent(out int x));
            Use([|x|]);
        }
        """)]
    [InlineData("""
        int x = 0;
        using (twait())
        {
            try
            {
                Get(mkevent(out x));
            }
            finally
            {
                if (n > 3) Use([|x|] + 1);
            }
        }
        """)]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code);

    [Theory]
    [InlineData("""
        int x;
        using (twait()) Get(mkevent(out x));
        Use(x);
        """)]
    [InlineData("""
        // The body has completed it.
        int x;
        using (twait())
        {
            var e = mkevent(out x);
            e.Trigger(3);
            Use(x);
            mkevent(out n).Trigger(4);
            Use(n);
        }
        """)]
    [InlineData("""
        // Arguments are read before the call, and a write is no read.
        using (twait())
        {
            Both(n, mkevent(out n));
            n = 4;
        }

        static void Both(int before, Event<int> e) => e.Trigger(before);
        """)]
    [InlineData("""
        // It may have been joined.
        using var r = new Rendezvous();
        Get(mkevent(r, out n));
        if (r.TryJoin()) Use(n);
        using (twait()) asap(mkevent());
        Use(n);
        """)]
    [InlineData("""
        int x = 0;
        using (twait())
        {
            if (n > 3) Get(mkevent(out x));
            else Use(x);
        }
        """)]
    [InlineData("""
        // The exception that left the block has cancelled its events.
        int x = 0;
        try
        {
            using (twait())
            {
                Get(mkevent(out x));
                if (n > 3) throw new InvalidOperationException();
            }
        }
        catch (InvalidOperationException)
        {
            Use(x);
            using (twait()) Get(mkevent(out x));
        }
        """)]
    [InlineData("""
        int x = 0;
        twait(e => { Use(x); Get(e); }, out x);
        Use(x);
        try
        {
            twait(e => { Get(e); if (n > 3) throw new InvalidOperationException(); }, out x);
        }
        catch (InvalidOperationException)
        {
            Use(x);
        }
        """)]
    [InlineData("twait(Both(n), out n); Use(n); static Task<int> Both(int n) => Task.FromResult(n);")]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);
}

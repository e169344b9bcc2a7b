using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME051Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME051");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["'x' is also the slot of the event made in line 10, which is still outstanding; the event that triggers later overwrites the other's value: give each event its own slot"],
        await s_rule.Reports("""
        int x;
        using (twait())
        {
            Get(mkevent(out x));
            Get(mkevent([|out x|]));
        }

        Use(x);
        """));

    [Theory]
    [InlineData("""
        int x;
        using (twait())
        {
            Get(mkevent(out x));
            if (n > 3) Get(mkevent([|out x|]));
        }
        """)]
    [InlineData("""
        using var r = new Rendezvous<int>();
        Get(mkevent(r, 1, out n));
        Get(mkevent(r, 2, [|out n|]));
        twait(r, out int id);
        twait(r, out id);
        """)]
    [InlineData("""
        int x;
        using (twait())
        {
            var first = mkevent(out x);
            Get(first);
            try
            {
                Get(mkevent([|out x|]));
            }
            finally
            {
                Use(n);
            }
        }
        """)]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code);

    [Theory]
    [InlineData("""
        int x;
        using (twait()) Get(mkevent(out x));
        using (twait()) Get(mkevent(out x));
        """)]
    [InlineData("""
        int x = 0;
        using (twait())
        {
            if (n > 3) Get(mkevent(out x));
            else Get(mkevent(out x));
        }
        """)]
    [InlineData("""
        int x;
        using (twait())
        {
            var first = mkevent(out x);
            first.Trigger(3);
            Get(mkevent(out x));
        }
        """)]
    [InlineData("""
        using var r = new Rendezvous<int>();
        Get(mkevent(r, 1, out n));
        twait(r, out int id);
        Get(mkevent(r, 2, out n));
        twait(r, out id);
        """)]
    [InlineData("""
        using (twait())
        {
            for (int i = 0; i < numbers.Length; i++) Get(mkevent(out numbers[i]));
            Get(mkevent(out box.Value));
        }
        """)]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);
}

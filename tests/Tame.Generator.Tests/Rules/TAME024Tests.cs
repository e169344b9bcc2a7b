using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME024Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME024");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["This 'mkevent' belongs to no 'using (twait())' block; put it in one, or give it a rendezvous"],
        await s_rule.Reports("""
        asap([|mkevent()|]);
        """));

    [Theory]
    [InlineData("""
        using (twait()) asap(mkevent());
        Get([|mkevent(out int slot)|]);
        """)]
    [InlineData("""
        var made = [|Primitives.mkevent()|];
        using (twait()) asap(made);
        using (twait()) asap(mkevent());
        """)]
    [InlineData("""
        // The resource of another using statement is in no block, and its body is in the one outside only.
        public static partial class Sample
        {
            private static IDisposable Open(Event e) => new MemoryStream();
            [Tamed] public static partial void Run(Event done);
            private static void RunBody(Event done)
            {
                using (Open([|mkevent()|])) using (twait()) asap(mkevent());
                using (twait()) using (Open(mkevent())) asap(mkevent());
            }
        }
        """)]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code);

    [Theory]
    [InlineData("""
        var r = new Rendezvous<int>();
        Get(mkevent(r, 1, out int slot));
        Get(mkevent(r, 2, out slot));
        asap(mkevent(r, 3));
        using (twait())
        {
            for (int i = 0; i < n; i++) if (i > 3) asap(mkevent());
        }

        r.Cancel();
        """)]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);
}

using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME027Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME027");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["A wait is not allowed in a lock; another loop's thread could wait for it forever; copy what you need and wait outside"],
        await s_rule.Reports("""
        lock (box)
        {
            using ([|twait()|]) asap(mkevent());
        }
        """));

    [Theory]
    [InlineData("""
        var r = new Rendezvous();
        lock (box) lock (numbers) [|twait(r)|];
        """)]
    [InlineData("""
        unsafe
        {
            fixed (int* first = numbers)
            {
                if (n > 1) using ([|twait()|]) asap(mkevent());
            }
        }
        """)]
    [InlineData("""
        var r = new Rendezvous();
        for ([|twait(r)|]; n < 3; ) { break; }
        for (; n < 3; [|twait(r)|]) { break; }
        """)]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code);

    [Theory]
    [InlineData("""
        int copy;
        lock (box)
        {
            copy = box.Value;
        }

        using (twait()) asap(mkevent());
        lock (box) box.Value = copy;
        unsafe
        {
            fixed (int* first = numbers) Use(*first);
            using (twait()) asap(mkevent());
        }

        for (int i = 0; i < n; i++) using (twait()) asap(mkevent());
        // Events may be made there: only a wait has no place.
        using (twait())
        {
            lock (box) asap(mkevent());
        }
        """)]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);
}

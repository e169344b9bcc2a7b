using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME062Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME062");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["The event made here is not passed to other code, so nothing can trigger it; pass it to the operation that should trigger it", "The event in 'e' is not passed to other code on some path, so nothing can trigger it; pass it to the operation that should trigger it"],
        await s_rule.Reports("""
        using (twait()) [|mkevent()|];
        using (twait())
        {
            var e = [|mkevent()|];
            if (n > 3) asap(e);
        }
        """));

    [Theory]
    [InlineData("twait([|e|] => Use(1));")]
    [InlineData("twait(([|Event e|]) => { Use(1); });")]
    [InlineData("twait([|e|] => { if (n > 3) asap(e); });")]
    [InlineData("twait([|e|] => { if (n > 3) return; Get(e); }, out n);")]
    [InlineData("twait([|delegate { Use(1); }|]);")]
    [InlineData("using (twait()) { asap(mkevent()); twait([|e|] => Use(1)); }")]
    [InlineData("""
        using (twait())
        {
            _ = [|mkevent(out numbers[0])|];
        }
        """)]
    [InlineData("""
        using (twait())
        {
            var e = mkevent(out numbers[0]);
            try
            {
                Get(numbers.Length > 3 ? e : default);
            }
            finally
            {
                Use(n);
            }

            var f = [|mkevent()|];
        }
        """)]
    [InlineData("""
        using var r = new Rendezvous();
        var e = [|mkevent(r)|];
        if (n > 3) asap(e);
        twait(r);
        """)]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code);

    [Theory]
    [InlineData("""
        using (twait())
        {
            var e = mkevent();
            if (n > 3) asap(e);
            else e.Trigger();
            var f = mkevent();
            System.Action later = () => f.Trigger();
            later();
            mkevent().Trigger();
        }
        """)]
    [InlineData("""
        using (twait())
        {
            var all = new List<Event>();
            all.Add(mkevent());
            var kept = new[] { mkevent() };
            foreach (var e in all) e.Trigger();
            kept[0].Trigger();
        }
        """)]
    [InlineData("""
        using var r = new Rendezvous();
        var later = mkevent(r);
        using (twait()) asap(mkevent());
        asap(later);
        twait(r);
        """)]
    [InlineData("twait(e => { if (n > 3) asap(e); else e.Trigger(); });")]
    [InlineData("twait(e => { if (n > 3) { e.Trigger(); return; } asap(e); });")]
    [InlineData("twait(e => { if (n > 3) throw new InvalidOperationException(); asap(e); });")]
    [InlineData("twait(e => { Action later = () => e.Trigger(); later(); });")]
    [InlineData("twait(e => Get(e.WithTimeout(TimeSpan.FromSeconds(1))), out n);")]
    [InlineData("twait(e => throw new InvalidOperationException());")]
    [InlineData("""
        using (twait())
        {
            var e = mkevent();
            if (n > 3) throw new System.Exception();
            asap(e);
        }
        """)]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);
}

using Tame.Generator.Model;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME021Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME021");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["'mkevent' is not allowed in a lambda; make the event outside it and use it inside, or write another tamed method"],
        await s_rule.Reports("""
        Action wait = () => asap([|mkevent()|]);
        using (twait()) asap(mkevent());
        """));

    [Theory]
    [InlineData("""
        void Local(Rendezvous r)
        {
            [|twait(r)|];
            using ([|twait()|]) asap([|mkevent()|]);
        }
        """)]
    [InlineData("""
        Action<Rendezvous> wait = delegate (Rendezvous r) { [|Primitives.twait(r)|]; };
        """)]
    [InlineData("""
        using (twait())
        {
            asap(mkevent());
            var all = from i in numbers select [|mkevent()|];
            var more = numbers.Select(i => [|mkevent(out int slot)|]).ToList();
        }
        """)]
    [InlineData("""
        System.Linq.Expressions.Expression<Func<Event>> tree = () => [|mkevent()|];
        """)]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code);

    [Theory]
    [InlineData("""
        Action<Event> trigger = e => e.Trigger();
        using (twait())
        {
            var made = mkevent();
            Action late = () => made.Trigger();
            void Local() => made.Trigger();
            trigger(mkevent());
            late();
            Local();
        }
        """)]
    [InlineData("""
        using (twait())
            foreach (var each in from e in new[] { mkevent() } join other in new[] { mkevent() } on e equals other into all select e) asap(each);
        """)]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);
}

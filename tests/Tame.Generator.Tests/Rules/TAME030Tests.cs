using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME030Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME030");

    [Theory]
    [InlineData("twait([|Get|], out n);", "write 'e => Get(e)'", "CS0619")]
    [InlineData("Action<Event> start = e => asap(e); twait([|start|]);", "write 'e => start(e)'", "CS0619")]
    [InlineData("twait([|Primitives.asap|]);", "write 'e => Primitives.asap(e)'", "CS0619")]
    [InlineData("twait([|(Action<Event>)(e => asap(e))|]);", "leave out the cast", "CS0619")]
    [InlineData("twait([|n > 3 ? new Action<Event>(asap) : new Action<Event>(asap)|]);", "call in it what starts the operation", "CS0619")]
    [InlineData("twait(start: [|null!|]);", "call in it what starts the operation", "CS0619")]
    [InlineData("twait([|async e => { await Task.Yield(); asap(e); }|]);", "leave out 'async', and wait for tasks with 'twait(task)'", "CS0619")]
    [InlineData("twait([|() => n++|]);", "several events need a block, 'using (twait()) …', with an 'mkevent' for each", "CS0619 CS1660")]
    [InlineData("twait([|(a, b) => { asap(a); asap(b); }|]);", "several events need a block, 'using (twait()) …', with an 'mkevent' for each", "CS0619 CS1660")]
    public async Task The_message_says_what_where_and_what_to_do(string code, string advice, string compiler) => Assert.Equal(
        [$"This twait needs a lambda with one parameter, written in place, 'twait(e => …)'; {advice}"], await s_rule.Reports(code, compiler));

    [Theory]
    [InlineData("twait(e => asap(e));")]
    [InlineData("twait(((e) => asap(e)));")]
    [InlineData("twait(static (Event e) => asap(e));")]
    [InlineData("twait(delegate (Event e) { asap(e); });")]
    [InlineData("twait(start: e => Get(e), value: out n);")]
    [InlineData("twait(Task.FromResult(1), out n);")]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);
}

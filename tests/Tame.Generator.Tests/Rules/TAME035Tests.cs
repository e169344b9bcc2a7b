using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME035Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME035");

    [Theory]
    [InlineData("int n = [|twait(Task.FromResult(3))|]; Use(n);", "CS0029", "'twait(…, out int n);'")]
    [InlineData("var n = [|twait(Task.FromResult(3))|]; Use(n);", "CS0815", "'twait(…, out var n);'")]
    [InlineData("var n = [|twait(e => asap(e))|]; Use(n);", "CS0815", "'twait(…, out Type n);'")]
    [InlineData("int n; n = [|twait(Task.FromResult(3))|]; Use(n);", "CS0029", "'twait(…, out n);'")]
    [InlineData("if ([|twait(Task.FromResult(true))|]) Use(3);", "CS0029", "'twait(…, out … value);' before this statement, and use 'value' here")]
    [InlineData("Use(1 + [|twait(Task.FromResult(3))|]);", "CS0019", "'twait(…, out … value);' before this statement, and use 'value' here")]
    [InlineData("Use([|twait(Task.FromResult(3))|]);", "CS1503", "'twait(…, out … value);' before this statement, and use 'value' here")]
    [InlineData("var r = new Rendezvous<int>(); mkevent(r, 1).Trigger(); int id = [|twait(r)|]; Use(id);", "CS0029", "'twait(…, out int id);'")]
    public async Task The_message_says_what_where_and_what_to_do(string statement, string compiler, string advice) =>
        Assert.Equal([$"A wait is a statement and has no value; write {advice}"], await s_rule.Reports(Body(statement), compiler));

    [Theory]
    [InlineData("twait(Task.FromResult(3), out int n); Use(n);")]
    [InlineData("twait(Task.CompletedTask); twait(e => asap(e)); for (int i = 0; i < 3; i++) twait(e => asap(e));")]
    [InlineData("var r = new Rendezvous<int>(); mkevent(r, 1).Trigger(); twait(r, out int id); Use(id);")]
    [InlineData("using (twait()) asap(mkevent());")]
    public async Task Is_not_reported(string statement) => await s_rule.LetsBe(Body(statement));

    private static string Body(string statements) => $$"""
        [Tamed] public static partial void Act(Event done);
        private static void ActBody(Event done)
        {
            {{statements}}
            done.Trigger();
        }
        """;
}

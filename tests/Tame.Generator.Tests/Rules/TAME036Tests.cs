using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME036Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME036");

    [Theory]
    [InlineData("ref var first = ref numbers[0]; twait(e => { Use([|first|]); asap(e); });", "does not allow 'first'", "CS8175")]
    [InlineData("Span<int> all = numbers; twait(e => { Use([|all|].Length); asap(e); });", "does not allow 'all'", "CS8175")]
    [InlineData("int set; twait(e => { set = 3; asap(e); }); Use([|set|]);", "does not count 'set' as assigned", "CS0165")]
    public async Task The_message_says_what_where_and_what_to_do(string code, string what, string compiler) => Assert.Equal(
        [$"The compiler {what} in the lambda of a twait, as in any other lambda; write the statement as a block, 'using (twait()) …', where this is allowed"], await s_rule.Reports(code, compiler));

    [Fact]
    public async Task An_out_parameter_is_reported() => await s_rule.Reports("""
        [Tamed] public static partial void Act(out int count, Event done);
        private static void ActBody(out int count, Event done)
        {
            count = 1;
            twait(e => { Use([|count|]); asap(e); });
            done.Trigger();
        }
        """, "CS1628");

    [Theory]
    [InlineData("ref var first = ref numbers[0]; using (twait()) { Use(first); asap(mkevent()); }")]
    [InlineData("int set; using (twait()) { set = 3; asap(mkevent()); } Use(set);")]
    [InlineData("int set; twait(e => { set = 3; Use(set); asap(e); });")]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);

    [Theory]
    [InlineData("Span<int> all = numbers; twait(e => { Action later = () => Use(all.Length); asap(e); later(); });")]
    [InlineData("int set; twait(e => asap(e)); Use(set);")]
    [InlineData("int set; if (n > 3) set = 1; Use(set); twait(e => { set = 3; asap(e); });")]
    public async Task Where_a_block_would_not_help_the_compilers_error_stands_alone(string code)
    {
        var compilation = Compiled.Compilation(Stage.Set(code));
        Assert.NotEmpty(Compiled.Problems(Compiled.Generate(compilation).Output));
        Assert.Empty(await Compiled.Analyze(compilation));
    }
}

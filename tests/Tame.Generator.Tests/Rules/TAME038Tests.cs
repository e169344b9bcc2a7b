using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME038Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME038");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["'timer' is the local of line 7 here, which hides the primitive; rename it, or write 'Primitives.timer'"],
        await s_rule.Reports("int timer = 3;\nusing (twait()) [|timer|](TimeSpan.Zero, mkevent());\nUse(timer);", "CS0149"));

    [Theory]
    [InlineData("var asap = 1; using (twait()) [|asap|](mkevent()); Use(asap);", "CS0149")]
    [InlineData("var wait_on_fd = 1; using (twait()) [|wait_on_fd|](0, FdEvents.Read, mkevent()); Use(wait_on_fd);", "CS0149")]
    [InlineData("Action<int> timer = _ => { }; using (twait()) [|timer|](TimeSpan.Zero, mkevent()); timer(1);", "CS1593")]
    [InlineData("using (twait()) [|timer|](TimeSpan.Zero, mkevent()); int timer(int x) => x; Use(timer(1));", "CS1501")]
    [InlineData("using (twait()) [|timer|](TimeSpan.Zero, mkevent()); int timer(int x, int y) => x + y; Use(timer(1, 2));", "CS1503")]
    public async Task Is_reported_at_the_place(string code, string compiler) => await s_rule.Reports(code, compiler);

    [Theory]
    [InlineData("int timer", "CS0149", "the parameter of line 2")]
    [InlineData("Action<int> timer", "CS1593", "the parameter of line 2")]
    public async Task It_names_a_parameter(string parameter, string compiler, string what)
    {
        var message = Assert.Single(await s_rule.Reports($$"""
            public static partial class Sample
            { [Tamed] public static partial void Run({{parameter}}, Event done); private static void RunBody({{parameter}}, Event done)
                {
                    using (twait()) [|timer|](TimeSpan.Zero, mkevent());
                    done.Trigger();
                }
            }
            """, compiler));
        Assert.Contains(what, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_names_a_method_of_the_type() => Assert.Contains("is the method of line", Assert.Single(await s_rule.Reports("""
        [Tamed] public static partial void Run(Event done);
        private static void RunBody(Event done)
        {
            using (twait()) [|timer|](TimeSpan.Zero, mkevent());
            done.Trigger();
        }
        private static void timer(int n) => Use(n);
        """, "CS1501")), StringComparison.Ordinal);

    [Theory]
    [InlineData("int timer = 3; using (twait()) Primitives.timer(TimeSpan.Zero, mkevent()); Use(timer);")]
    [InlineData("int delay = 3; using (twait()) timer(TimeSpan.FromSeconds(delay), mkevent());")]
    [InlineData("Action<int> timer = _ => { }; using (twait()) asap(mkevent()); timer(1);")]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);

    [Theory]
    [InlineData("using (twait()) timer(mkevent());")]
    [InlineData("using (twait()) asap(mkevent()); timer(1); int timer(string x) => x.Length;")]
    public async Task Another_wrong_call_is_the_compilers_alone_to_report(string code)
    {
        var compilation = Compiled.Compilation(Stage.Set(code));
        Assert.NotEmpty(Compiled.Problems(Compiled.Generate(compilation).Output));
        Assert.Empty(await Compiled.Analyze(compilation));
    }
}

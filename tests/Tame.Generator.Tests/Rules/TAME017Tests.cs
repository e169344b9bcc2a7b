using Tame.Generator.Model;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME017Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME017") { LiesOutside = true };

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["Only a method of a type can be tamed, and this is a local function; declare '[Tamed] … partial void' in the type, and call it from here"],
        await s_rule.Reports("""
        public static void Start(Event done)
        {
            Greet(done);
            [[|Tamed|]] void Greet(Event greeted) => greeted.Trigger();
        }
        """, " "));

    [Theory]
    [InlineData("private static readonly Action<Event> s_greet = [[|Tamed|]] (Event done) => done.Trigger();")]
    [InlineData("public int N { [[|Tamed(\"Other\")|]] get => 1; }")]
    [InlineData("public event Action Greeted { [[|Tamed|]] add { } remove { } }")]
    [InlineData("[method: [|Tamed|]] public event Action Greeted = () => { };")]
    [InlineData("[[|Tamed|]] public static Sample operator +(Sample a, Sample b) => a;")]
    [InlineData("[[|Tamed|]] public static explicit operator int(Sample a) => 1;")]
    [InlineData("""
        public static partial class Extensions
        {
            extension(string text)
            {
                [[|Tamed|]] public void Stay(Event done) { using (twait()) asap(mkevent()); done.Trigger(); }
            }
        }
        """)]
    [InlineData("""
        [Tamed] public static partial void Greet(Event done);

        private static void GreetBody(Event done)
        {
            using (twait()) asap(mkevent());
            Local();
            done.Trigger();
            [[|TamedAttribute|]] static void Local() { }
        }
        """)]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code, " ");

    [Fact]
    public async Task The_message_names_what_takes_the_place_of_a_member_of_an_extension_block() => Assert.Equal(
        ["Only a method of a type can be tamed, and this is a member of an extension block; declare '[Tamed] … partial void' in the type, as an extension method with a 'this' parameter"],
        await s_rule.Reports("""
        public static partial class Extensions
        {
            extension(string text)
            {
                [[|Tamed|]] public void Stay(Event done) => done.Trigger();
            }
        }
        """, " "));

    /// <summary>Roslyn shows an analyzer a partial one twice, and the compiler reports equal diagnostics once.</summary>
    [Fact]
    public async Task A_pair_in_an_extension_block_has_no_other_error_of_ours()
    {
        var reported = await Compiled.Analyze(Compiled.Compilation(Stage.Set("""
            public static partial class Extensions
            {
                extension(string text)
                {
                    [Tamed] public partial void Go(Event done);

                    private void GoBody(Event done)
                    {
                        using (twait()) asap(mkevent());
                        done.Trigger();
                    }
                }
            }
            """)));
        Assert.Equal("TAME017", Assert.Single(reported.Distinct()).Id);
    }

    [Theory]
    [InlineData("""
        [Tamed] public static partial void Greet(Event done);

        private static readonly Action s_nothing = [Obsolete] () => { };

        private static void GreetBody(Event done)
        {
            [Obsolete] static void Local() { }
        }
        """)]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);
}

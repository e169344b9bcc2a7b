using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME012Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME012");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["Tamed method 'Greet' must be a partial method without an implementation; declare it as '… partial void Greet(…);' and move its statements to 'GreetBody'"],
        await s_rule.Reports("""
        [Tamed] public static void [|Greet|](Event done)
        {
            using (twait()) asap(mkevent());
            done.Trigger();
        }
        """, " "));

    [Theory]
    [InlineData("""
        public abstract class Sample
        {
            [Tamed] public abstract void [|Greet|](Event done);
            private void GreetBody(Event done) => done.Trigger();
        }
        """)]
    [InlineData("""
        public interface IGreeter
        {
            [Tamed] void [|Greet|](Event done);
        }
        """)]
    [InlineData("""
        // The implementation is there already.
        public static partial class Sample
        {
            [Tamed] public static partial void [|Greet|](Event done);
            public static partial void Greet(Event done) => done.Trigger();
            private static void GreetBody(Event done) => done.Trigger();
        }
        """)]
    [InlineData("""
        // So it is where it bears the attribute.
        public static partial class Sample
        {
            public static partial void [|Greet|](Event done);
            [Tamed] public static partial void Greet(Event done) => done.Trigger();
        }
        """)]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code, " ");

    [Theory]
    [InlineData("""
        [Tamed] public static partial void Greet(Event done);

        private static void GreetBody(Event done) => timer(TimeSpan.Zero, done);
        """)]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);

    [Theory]
    [InlineData("public abstract partial class Sample { [Tamed] public abstract partial void [|Greet|](Event done); private void GreetBody(Event done) { } }", "CS0750 CS8795")]
    [InlineData("public static partial class Sample { [Tamed] public static extern partial void [|Greet|](Event done); private static void GreetBody(Event done) { } }", "CS0759")]
    public async Task Is_reported_where_the_compiler_has_its_own_complaint(string code, string compiler) => await s_rule.Reports(code, compiler);
}

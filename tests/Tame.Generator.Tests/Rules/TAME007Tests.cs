using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME007Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME007");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["'Greet' is an instance method of struct 'Greeter', which would continue on a copy of the struct after a wait; make the method static and pass what it needs, or make the type a class"],
        await s_rule.Reports("""
        public partial struct Greeter
        {
            [Tamed] public partial void [|Greet|](Event done);
            private void GreetBody(Event done) => done.Trigger();
        }
        """));

    [Theory]
    [InlineData("""
        public readonly partial record struct Greeter(int N)
        {
            [Tamed] public partial void [|Greet|](Event done);
            private void GreetBody(Event done) => done.Trigger();
        }
        """)]
    [InlineData("""
        public ref partial struct Greeter
        {
            [Tamed] public partial void [|Greet|](Event done);
            private void GreetBody(Event done) => done.Trigger();
        }
        """)]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code);

    [Theory]
    [InlineData("""
        public partial struct Greeter
        {
            [Tamed] public static partial void Greet(Event done);
            private static void GreetBody(Event done)
            {
                using (twait()) asap(mkevent());
                done.Trigger();
            }
        }
        """)]
    [InlineData("""
        public partial record Greeter(int N)
        {
            [Tamed] public partial void Greet(Event<int> done);
            private void GreetBody(Event<int> done)
            {
                using (twait()) asap(mkevent());
                done.Trigger(N);
            }
        }
        """)]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);
}

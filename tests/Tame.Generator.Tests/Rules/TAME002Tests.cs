using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME002Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME002") { LiesOutside = true };

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["'GreetBody' waits like a tamed body, but no tamed method declares it as its body; declare '[Tamed] … partial void Greet' with the same parameters"],
        await s_rule.Reports("""
        private static void [|GreetBody|](Event done)
        {
            using (twait()) asap(mkevent());
            done.Trigger();
        }
        """, " "));

    [Theory]
    [InlineData("""
        private void [|WaitBody|](Rendezvous r) => twait(r);
        """)]
    [InlineData("""
        // In a lambda of the body, too, and once for the method.
        public class Sample
        {
            private static void [|GreetBody|]()
            {
                Func<Event> make = () => mkevent();
                Use(mkevent);
                Use(mkevent);
            }

            private static void Use(Func<Event> make) { }
        }
        """)]
    [InlineData("""
        // The declaration asks for another one.
        public partial class Sample
        {
            [Tamed(nameof(Other))] public static partial void Greet(Event done);
            private static void Other(Event done) => done.Trigger();
            private static void [|GreetBody|](Event done)
            {
                using (twait()) asap(mkevent());
            }
        }
        """)]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code, " ");

    [Theory]
    [InlineData("""
        [Tamed] public static partial void Greet(Event done);

        private static void GreetBody(Event done) => timer(TimeSpan.Zero, done);
        """)]
    [InlineData("""
        // It makes no event and does not wait: an ordinary method.
        public partial class Sample
        {
            [Tamed] public static partial void Run(Event done);
            private static void RunBody(Event done) => MainBody(done);
            private static void MainBody(Event done) => done.Trigger();
        }
        """)]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);
}

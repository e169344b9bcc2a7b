using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME010Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME010");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["'GreetBody' is async, which the body of a tamed method cannot be; write a void method without 'await' and 'yield', and wait with 'twait(task, out …)'"],
        await s_rule.Reports("""
        [Tamed] public static partial void Greet(Event done);

        private static async void [|GreetBody|](Event done) => await Task.Yield();
        """));

    [Theory]
    [InlineData("""
        [Tamed] public static partial void Greet(Event done);
        private static async Task [|GreetBody|](Event done) => await Task.Yield();
        """)]
    [InlineData("""
        [Tamed] public static partial void Greet(Event done);
        private static IEnumerable<int> [|GreetBody|](Event done)
        {
            yield return 1;
        }
        """)]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code);

    [Theory]
    [InlineData("""
        [Tamed] public static partial void Greet(Event done);
        private static void GreetBody(Event done)
        {
            Func<Task> wait = async () => await Task.Yield();
            IEnumerable<int> Numbers() { yield return 1; }
            async Task Later() => await Task.Yield();
            using (twait()) asap(mkevent());
            Use((wait(), Numbers(), Later()));
        }
        """)]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);
}

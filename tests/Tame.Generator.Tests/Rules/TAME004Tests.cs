using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME004Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME004");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["Tamed method 'Answer' must return void, because it returns to its caller at its first wait; pass the result through a parameter of type 'Event<int>'"],
        await s_rule.Reports("""
        [Tamed] public static partial [|int|] Answer(int n);

        private static int AnswerBody(int n) => n;
        """));

    [Theory]
    [InlineData("""
        [Tamed] public static partial [|Task|] Answer();
        private static void AnswerBody() { }
        """)]
    [InlineData("""
        [Tamed] public static partial [|Event|] Answer();
        private static void AnswerBody() { }
        """)]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code);

    [Theory]
    [InlineData("""
        [Tamed] public static partial void Greet(Event done);

        private static void GreetBody(Event done) => timer(TimeSpan.Zero, done);
        """)]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);

    [Theory]
    [InlineData("Task", "Event")]
    [InlineData("ValueTask", "Event")]
    [InlineData("Task<string>", "Event<string>")]
    [InlineData("ValueTask<List<int>>", "Event<List<int>>")]
    [InlineData("Event<int>", "Event<int>")]
    [InlineData("(int A, bool)", "Event<(int A, bool)>")]
    public async Task The_message_names_the_event_that_takes_the_result(string type, string expected) => Assert.EndsWith(
        $"'{expected}'", Assert.Single(await s_rule.Reports($"[Tamed] public static partial [|{type}|] Answer();\nprivate static void AnswerBody() {{ }}")));
}

using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME013Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME013");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["The out parameter 'id' is not assigned on every path to this wait: it is copied to the caller when the body first waits or ends",
            "The out parameter 'number' is used after a wait: it is copied to the caller when the body first waits or ends"],
        await s_rule.Reports("""
        [Tamed] public static partial void Start(out int id, out int number, Event done);

        private static void StartBody(out int id, out int number, Event done)
        {
            number = 1;
            [|using (twait()) asap(mkevent());|]
            id = 1;
            Use([|number|]);
            done.Trigger();
        }
        """));

    [Theory]
    [InlineData("""
        [Tamed] public static partial void Start(bool quickly, out int id, Event done);
        private static void StartBody(bool quickly, out int id, Event done)
        {
            id = 1;
            if (!quickly)
            {
                using (twait()) asap(mkevent());
            }

            Use([|id|]);
        }
        """)]
    [InlineData("""
        [Tamed] public static partial void Start(Rendezvous<int> r, out int id, Event done);
        private static void StartBody(Rendezvous<int> r, out int id, Event done)
        {
            id = 0;
            twait(r, out [|id|]);
        }
        """)]
    [InlineData("""
        [Tamed] public static partial void Start(out int id, Event done);
        private static void StartBody(out int id, Event done)
        {
            id = 0;
            while (Choose())
            {
                [|id|]++;
                using (twait()) asap(mkevent());
            }
        }
        """)]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code);

    [Theory]
    [InlineData("""
        [Tamed] public static partial void Start(bool quickly, out int id, out Event cancel, Event done);
        private static void StartBody(bool quickly, out int id, out Event cancel, Event done)
        {
            if (quickly)
            {
                id = 0;
                cancel = default;
                return;
            }

            (id, cancel) = (1, done);
            Use(id);
            using (twait()) asap(mkevent());
        }
        """)]
    [InlineData("""
        [Tamed] public static partial void Start(out int id);
        private static void StartBody(out int id)
        {
            id = 1;
            id++;
        }
        """)]
    [InlineData("""
        [Tamed] public static partial void Start(out int id);
        private static void StartBody(out int id) => throw new NotSupportedException();
        """)]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);
}

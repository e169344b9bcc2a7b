using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME028Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME028");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["'ISource', an interface with 'in' or 'out' type parameters, is not supported yet in a tamed body; move the method to an interface without them"],
        await s_rule.Reports("""
        public partial interface ISource<out T>
        {
            [Tamed] public static partial void [|Run|](Event done);
            private static void RunBody(Event done) => done.Trigger();
        }
        """));
}

using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME043Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME043");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["The address of 'kept' cannot be taken, because the local is kept in an object while the method waits; copy it to a local that is used only before the next wait"],
        await s_rule.Reports("""
        unsafe
        {
            int kept = n;
            int* p = &[|kept|];
            Use(*p);
            using (twait()) asap(mkevent());
            Use(kept);
        }
        """));

    [Theory]
    [InlineData("""
        unsafe
        {
            (int A, int B) kept = (1, 2);
            int* p = &[|kept|].A;
            Use(*p);
            using (twait()) asap(mkevent());
            Use(kept.A);
        }
        """)]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code);

    [Theory]
    [InlineData("""
        unsafe
        {
            int brief = n;
            int* p = &brief;
            Use(*p);
            using (twait()) asap(mkevent());
            fixed (int* q = numbers) Use(*q);
            int* stack = stackalloc int[3];
            Use(stack[0]);
        }
        """)]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);
}

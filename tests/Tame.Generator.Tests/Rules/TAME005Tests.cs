using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME005Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME005");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["Tamed method 'Greet' needs an accessibility modifier; write 'private' if only this type uses it"],
        await s_rule.Reports("""
        // Nothing else would stop this build: the compiler deletes the calls.
        public static partial class Sample
        {
            [Tamed] static partial void [|Greet|](Event done);
            private static void GreetBody(Event done) => done.Trigger();
        }
        """));

    [Theory]
    [InlineData("""
        public partial class Sample
        {
            [Tamed] partial void [|Greet|](Event done);
            private void GreetBody(Event done) => done.Trigger();
        }
        """)]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code);

    [Theory]
    [InlineData("""
        [Tamed] public partial void A(Event done);
        [Tamed] private partial void B(Event done);
        [Tamed] protected partial void C(Event done);
        [Tamed] internal partial void D(Event done);
        [Tamed] protected internal partial void E(Event done);
        [Tamed] private protected partial void F(Event done);
        private void ABody(Event done) { }
        private void BBody(Event done) { }
        private void CBody(Event done) { }
        private void DBody(Event done) { }
        private void EBody(Event done) { }
        private void FBody(Event done) { }
        """)]
    [InlineData("""
        public partial interface IGreeter
        {
            [Tamed] public virtual partial void Greet(Event done);
            private void GreetBody(Event done) => done.Trigger();
        }
        """)]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);
}

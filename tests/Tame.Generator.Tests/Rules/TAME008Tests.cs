using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME008Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME008");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["'IGreeter.Greet' implements an interface member explicitly, which a partial method cannot; implement it with a method that calls a tamed one"],
        await s_rule.Reports("""
        public interface IGreeter { void Greet(Event done); }

        public partial class Greeter : IGreeter
        {
            [Tamed] partial void IGreeter.[|Greet|](Event done);
        }
        """, "CS0754"));

    [Theory]
    [InlineData("""
        public interface IGreeter { void Greet(Event done); }

        public partial class Greeter : IGreeter
        {
            void IGreeter.Greet(Event done) => Greet(done);
            [Tamed] private partial void Greet(Event done);
            private void GreetBody(Event done) => done.Trigger();
        }
        """)]
    [InlineData("""
        public interface IGreeter { void Greet(Event done); }

        public partial class Greeter : IGreeter
        {
            [Tamed] public partial void Greet(Event done);
            private void GreetBody(Event done) => done.Trigger();
        }
        """)]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);
}

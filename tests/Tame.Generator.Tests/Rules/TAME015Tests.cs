using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME015Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME015");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["'Greet' cannot be tamed in 'ISource', an interface with 'in' or 'out' type parameters, where C# does not allow class declarations; move it to an interface without them, or to the class that implements it"],
        await s_rule.Reports("""
        public partial interface ISource<out T>
        {
            [Tamed] public virtual partial void [|Greet|](Event done);
            private void GreetBody(Event done)
            {
                using (twait()) asap(mkevent());
                done.Trigger();
            }
        }
        """));

    [Theory]
    [InlineData("""
        public partial interface ISink<A, in T>
        {
            [Tamed] public static partial void [|Greet|](Event done);
            private static void GreetBody(Event done) => done.Trigger();
        }
        """)]
    [InlineData("""
        public partial interface IOuter<in T>
        {
            public partial interface IInner
            {
                [Tamed] public virtual partial void [|Greet|](Event done);
                private void GreetBody(Event done) => done.Trigger();
            }
        }
        """)]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code);

    [Theory]
    [InlineData("""
        public interface ISource<out T>
        {
            T Value { get; }
            void Greet(Event done);
        }

        public partial interface IOwn<T> : ISource<T>
        {
            [Tamed] public virtual partial void Show(Event done);
            private void ShowBody(Event done)
            {
                using (twait()) Greet(mkevent());
                done.Trigger();
            }
        }

        public sealed partial class Source : ISource<int>
        {
            public int Value => 1;
            [Tamed] public partial void Greet(Event done);
            private void GreetBody(Event done) => done.Trigger();
        }
        """)]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);
}

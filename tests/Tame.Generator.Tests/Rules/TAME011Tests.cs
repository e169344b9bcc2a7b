using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME011Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME011") { LiesOutside = true };

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["'GreetBody' is the body of tamed method 'Greet'; call 'Greet' instead"],
        await s_rule.Reports("""
        [Tamed] public static partial void Greet(Event done);

        private static void GreetBody(Event done) => done.Trigger();

        public static void Start(Event done) => [|GreetBody(done)|];
        """, " "));

    [Theory]
    [InlineData("""
        [Tamed] public static partial void Greet(Event done);

        private static void GreetBody(Event done) => timer(TimeSpan.Zero, done);
        private static readonly Action<Event> s_greet = [|GreetBody|];
        """)]
    [InlineData("""
        [Tamed] public static partial void Greet(Event done);

        private static void GreetBody(Event done) => timer(TimeSpan.Zero, done);
        private static Action<Event> Start => e => [|GreetBody(e)|];
        """)]
    [InlineData("""
        [Tamed] public static partial void Greet(int n, Event done);
        private static void GreetBody(int n, Event done)
        {
            if (n > 0) [|GreetBody(n - 1, done)|];
        }
        """)]
    [InlineData("""
        public partial class Greeter<T>
        {
            [Tamed] public partial void Greet<U>(U u, Event done);
            internal void GreetBody<U>(U u, Event done) => done.Trigger();
        }

        public static class Elsewhere
        {
            public static void Run(Greeter<int> greeter, Event done) => [|greeter.GreetBody("", done)|];
        }
        """)]
    [InlineData("""
        public partial class Base
        {
            [Tamed] public virtual partial void Greet(Event done);
            protected void GreetBody(Event done) => done.Trigger();
        }

        public partial class Derived : Base
        {
            [Tamed(nameof(Other))] public override partial void Greet(Event done);
            private void Other(Event done) => [|GreetBody(done)|];
        }
        """)]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code, " ");

    [Theory]
    [InlineData("""
        [Tamed] public static partial void Greet(Event done);

        private static void GreetBody(Event done) => timer(TimeSpan.Zero, done);
        public static void Start(Event done) => Greet(done);
        public static string Name => nameof(GreetBody);
        """)]
    [InlineData("""
        public partial class Base
        {
            [Tamed] public virtual partial void Greet(Event done);
            private void GreetBody(Event done) => done.Trigger();
        }

        public partial class Derived : Base
        {
            [Tamed] public override partial void Greet(Event done);
            private void GreetBody(Event done) => base.Greet(done);
        }
        """)]
    [InlineData("""
        // Another method of that name is not the body.
        public partial class Sample
        {
            [Tamed] public static partial void Greet(Event done);
            private static void GreetBody(Event done) => GreetBody(1, done);
            private static void GreetBody(int n, Event done) => done.Trigger();
        }
        """)]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);
}

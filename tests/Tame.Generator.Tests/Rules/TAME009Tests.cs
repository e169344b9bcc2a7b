using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME009Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME009");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["'Words' is file-local, and the code generated for tamed method 'Greet' is in another file; make it internal or private"],
        await s_rule.Reports("""
        file static class Words
        {
            public const string Hello = "Hello";
        }

        public static partial class Greeter
        {
            [Tamed] public static partial void Greet(Event done);
            private static void GreetBody(Event done) => Console.WriteLine([|Words|].Hello);
        }
        """));

    [Theory]
    [InlineData("""
        file static partial class Greeter
        {
            [Tamed] public static partial void [|Greet|](Event done);
            private static void GreetBody(Event done) => done.Trigger();
        }
        """)]
    [InlineData("""
        file partial class Outer
        {
            public static partial class Inner
            {
                [Tamed] public static partial void [|Greet|](Event done);
                private static void GreetBody(Event done) => done.Trigger();
            }
        }
        """)]
    [InlineData("""
        file struct Item { public int N; }

        public static partial class Greeter
        {
            [Tamed] public static partial void Greet(Event done);
            private static void GreetBody(Event done)
            {
                var items = new List<[|Item|]>();
                using (twait()) asap(mkevent());
                Console.WriteLine(items.Count + typeof([|Item|]).Name);
            }
        }
        """)]
    [InlineData("""
        file static class Extensions
        {
            public static int Twice(this int n) => 2 * n;
        }

        public static partial class Greeter
        {
            [Tamed] public static partial void Double(int n, Event<int> done);
            private static void DoubleBody(int n, Event<int> done) => done.Trigger(n.[|Twice|]());
        }
        """)]
    [InlineData("""
        file static class Extensions
        {
            public static IEnumerator<int> GetEnumerator(this int n) => Enumerable.Range(0, n).GetEnumerator();
        }

        public static partial class Greeter
        {
            [Tamed] public static partial void Count(int n, Event done);
            private static void CountBody(int n, Event done)
            {
                foreach (var i in [|n|]) Console.WriteLine(i);
            }
        }
        """)]
    [InlineData("""
        file static class Extensions
        {
            public static void Deconstruct(this int n, out int a, out int b) => a = b = n;
        }

        public static partial class Greeter
        {
            [Tamed] public static partial void Split(int n, Event done);
            private static void SplitBody(int n, Event done)
            {
                var (a, b) = [|n|];
            }
        }
        """)]
    public async Task Is_reported_at_the_place(string code)
    {
        // Nothing can replace a method of a type that generated code cannot name.
        bool isInFileLocalType = code.StartsWith("file static partial", StringComparison.Ordinal) || code.StartsWith("file partial", StringComparison.Ordinal);
        await s_rule.Reports(code, isInFileLocalType ? "CS8795" : "CS0619");
    }

    [Theory]
    [InlineData("""
        file static class Words
        {
            public const string Hello = "Hello";
        }

        public static partial class Greeter
        {
            [Tamed] public static partial void Greet(Event done);
            private static void GreetBody(Event done) => Console.WriteLine(nameof(Words) + Hello());
            private static string Hello() => Words.Hello;
        }
        """)]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);
}

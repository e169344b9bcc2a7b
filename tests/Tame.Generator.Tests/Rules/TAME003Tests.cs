using Tame.Generator.Tests.Harness;


namespace Tame.Generator.Tests.Rules;

public sealed class TAME003Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME003");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["'GreetBody' is the body of 'Greet', but parameter 'name' is called 'who' in the body; make them the same"],
        await s_rule.Reports("""
        [Tamed] public static partial void Greet(string name, Event done);

        private static void [|GreetBody|](string who, Event done) => done.Trigger();
        """));

    [Theory]
    [InlineData("public partial void Greet(string name, out int n, Event done)", "private static void [|GreetBody|](string who, long n, Event done)",
        "one is static and the other is not, parameter 'name' is called 'who' in the body, the ref kinds of parameter 'n' differ, and parameter 'n' is of type 'int' in the declaration and 'long' in the body")]
    [InlineData("public partial void Greet(string name, int n, Event done)", "private int [|GreetBody|](int n, string name, Event done)",
        "the parameters are in another order, and the body does not return void")]
    [InlineData("public partial void Greet<T>(string name, TimeSpan time, Event<T> done) where T : class", "private void [|GreetBody|]<T>(string name, int n, bool more, Event<int> done)",
        "the constraints differ, the body has no parameter 'time', the declaration has no parameter 'n', the declaration has no parameter 'more', and parameter 'done' is of type 'Event<T>' in the declaration and 'Event<int>' in the body")]
    [InlineData("public partial void Greet<T>(T name, Event done)", "private void [|GreetBody|]<U>(U name, Event<int> done)",
        "the type parameters differ, and parameter 'done' is of type 'Event' in the declaration and 'Event<int>' in the body")]
    public async Task All_differences_are_listed_at_once(string declaration, string body, string differences)
    {
        var reported = await s_rule.Reports($"[Tamed] {declaration};\n{body} => throw new NotSupportedException();");
        Assert.Equal([$"'GreetBody' is the body of 'Greet', but {differences}; make them the same"], reported);
    }

    [Theory]
    [InlineData("""
        [Tamed] public static partial void Greet(Event done);
        private void [|GreetBody|](Event done) => done.Trigger();
        """)]
    [InlineData("""
        [Tamed] public partial void Greet(Event done);
        private static void [|GreetBody|](Event done) => done.Trigger();
        """)]
    [InlineData("""
        [Tamed] public partial void Greet(int n, Event done);
        private void [|GreetBody|](string n, Event done) => done.Trigger();
        """)]
    [InlineData("""
        [Tamed] public partial void Greet(int n, Event done);
        private void [|GreetBody|](Event done) => done.Trigger();
        """)]
    [InlineData("""
        [Tamed] public partial void Greet(Event<int> done);
        private void [|GreetBody|](Event<long> done) => done.Trigger(1);
        """)]
    [InlineData("""
        [Tamed] public partial void Greet(int[,] n, Event done);
        private void [|GreetBody|](int[] n, Event done) => done.Trigger();
        """)]
    [InlineData("""
        [Tamed] public partial void Greet(out int n);
        private void [|GreetBody|](int n) { }
        """)]
    [InlineData("""
        [Tamed] public partial void Greet<T>(Event<T> done);
        private void [|GreetBody|]<U>(Event<U> done) { }
        """)]
    [InlineData("""
        [Tamed] public partial void Greet<T, U>(T t, U u);
        private void [|GreetBody|]<T>(T t, T u) { }
        """)]
    [InlineData("""
        [Tamed] public partial void Greet<T>(T t);
        private void [|GreetBody|](object t) { }
        """)]
    [InlineData("""
        [Tamed] public partial void Greet<T>(T t) where T : class;
        private void [|GreetBody|]<T>(T t) { }
        """)]
    [InlineData("""
        [Tamed] public partial void Greet<T>(T t) where T : IComparable<T>;
        private void [|GreetBody|]<T>(T t) where T : IComparable<T>, new() { }
        """)]
    [InlineData("""
        [Tamed] public partial void Greet<T>(T t) where T : IList<int>;
        private void [|GreetBody|]<T>(T t) where T : IList<long> { }
        """)]
    [InlineData("""
        [Tamed] public partial void Greet(Event done);
        private int [|GreetBody|](Event done) => 1;
        """)]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code);

    [Theory]
    [InlineData("""
        [Tamed] public partial void Greet((int A, string? B) pair, List<string?> names, Event<(int X, object)> done);
        private void GreetBody((int C, string D) pair, List<string> names, Event<(int, object? Y)> done) { }
        """)]
    [InlineData("""
        // Defaults, params, attributes and accessibility are the declaration's.
        public static partial class Sample
        {
            [Tamed] internal static partial void Greet(this string name, [System.ComponentModel.Description("how often")] int n = 3, params string[] more);
            private static void GreetBody(string name, int n, string[] more) { }
        }
        """)]
    [InlineData("""
        [Tamed] public partial void Greet<T, U>(T t, Dictionary<T, U[]> u) where T : notnull, IComparable<T>, IDisposable where U : class;
        private void GreetBody<T, U>(T t, Dictionary<T, U[]> u) where U : class where T : notnull, IDisposable, IComparable<T> { }
        """)]
    [InlineData("""
        [Tamed] public partial void Greet<T>(T? t, Event done) where T : class;
        private void GreetBody<T>(T? t, Event done) where T : class? => done.Trigger();
        """)]
    [InlineData("""
        public partial class Outer<T>
        {
            public sealed class Node { }
            [Tamed] public partial void Greet(T t, Node node, nint n, Event done);
            private void GreetBody(T t, Outer<T>.Node node, IntPtr n, Event done) => done.Trigger();
        }
        """)]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);
}

using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME001Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME001");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["'Greet' is tamed but 'Sample' has no method 'GreetBody' with the same parameters; write its body as 'private static void GreetBody(string name, int times, Event done)'"],
        await s_rule.Reports("""
        [Tamed] public static partial void [|Greet|](string name, int times = 1, Event done = default);
        """));

    [Theory]
    [InlineData("""
        [Tamed] public partial void [|Greet|](Event done);
        """)]
    [InlineData("""
        [Tamed("Other")] public static partial void [|Greet|](Event done);

        private static void GreetBody(Event done) => done.Trigger();
        """)]
    [InlineData("""
        // Two candidates, and neither has its parameters.
        public partial class Sample
        {
            [Tamed] public static partial void [|Greet|](Event done);
            private static void GreetBody(int n, Event done) => done.Trigger();
            private static void GreetBody(string s, Event done) => done.Trigger();
        }
        """)]
    [InlineData("""
        // A body in another type is none, be it the base class.
        public class Base
        {
            protected static void GreetBody(Event done) => done.Trigger();
        }

        public partial class Derived : Base
        {
            [Tamed] public static partial void [|Greet|](Event done);
        }
        """)]
    [InlineData("""
        // A field of that name is no body.
        public partial class Sample
        {
            private readonly int GreetBody = 1;
            [Tamed] public partial void [|Greet|](Event done);
        }
        """)]
    [InlineData("""
        [Tamed("")] public static partial void [|Greet|](Event done);
        """)]
    [InlineData("""
        [Tamed(nameof(Greet))] public static partial void [|Greet|](Event done);
        """)]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code);

    [Theory]
    [InlineData("""
        [Tamed] public static partial void Greet(Event done);

        private static void GreetBody(Event done) => timer(TimeSpan.Zero, done);
        """)]
    [InlineData("""
        [Tamed(nameof(Other))] public static partial void Greet(Event done);
        private static void Other(Event done) => done.Trigger();
        """)]
    [InlineData("""
        [Tamed] public static partial void Greet(Event done);
        [Tamed] public static partial void Greet(int n, Event done);
        [Tamed] public static partial void Greet<T>(T item, Event done);
        private static void GreetBody(Event done) => done.Trigger();
        private static void GreetBody(int n, Event done) => done.Trigger();
        private static void GreetBody<T>(T item, Event done) => done.Trigger();
        """)]
    [InlineData("""
        // One body for two declarations.
        public partial class Sample
        {
            [Tamed(nameof(Common))] public static partial void Greet(Event done);
            [Tamed(nameof(Common))] public static partial void Wave(Event done);
            private static void Common(Event done)
            {
                using (twait()) asap(mkevent());
                done.Trigger();
            }
        }
        """)]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);

    [Theory]
    [InlineData("public partial void [|Add|]<T>(T item, Event done) where T : class, new();", "private void AddBody<T>(T item, Event done) where T : class, new()")]
    [InlineData("public static partial void [|Add|](params string[] names);", "private static void AddBody(string[] names)")]
    [InlineData("public static partial void [|Add|](ref readonly int n, out int id);", "private static void AddBody(ref readonly int n, out int id)", "TAME006")]
    public async Task The_message_holds_a_body_that_fits(string declaration, string body, string? beside = null)
    {
        var reported = await Compiled.Analyze(Compiled.Compilation($"public partial class Sample {{ [Tamed] {Marked.Parse(declaration).Text} }}"));
        Assert.Contains($"'{body}'", reported.Single(d => d.Id == "TAME001").GetMessage(null));
        Assert.Equal(beside is null ? ["TAME001"] : ["TAME001", beside], reported.Select(d => d.Id).Order());
    }

    [Fact]
    public async Task The_receiver_of_an_extension_method_loses_its_this()
    {
        var reported = await Compiled.Analyze(Compiled.Compilation("public static partial class Sample { [Tamed] public static partial void Greet(this string name, Event done); }"));
        Assert.EndsWith("'private static void GreetBody(string name, Event done)'", Assert.Single(reported).GetMessage(null));
    }

    [Fact]
    public async Task The_body_may_stand_in_another_file() => await s_rule.LetsBe(
        "public static partial class Sample { [Tamed] public static partial void Greet(Event done); }",
        "public static partial class Sample { private static void GreetBody(Event done) => done.Trigger(); }");

    [Fact]
    public async Task One_overload_without_a_body_leaves_the_other_alone()
    {
        var compilation = Compiled.Compilation("""
            public static partial class Sample
            {
                [Tamed] public static partial void Greet(Event done);
                [Tamed] public static partial void Greet(int n, Event done);
                private static void GreetBody(Event done) => done.Trigger();
            }
            """);
        Assert.EndsWith("'private static void GreetBody(int n, Event done)'", Assert.Single(await Compiled.Analyze(compilation)).GetMessage(null));
        var (files, output) = Compiled.Generate(compilation);
        Assert.Single(files);
        Assert.Equal("CS0619", Assert.Single(Compiled.Problems(output)).Id);
    }
}

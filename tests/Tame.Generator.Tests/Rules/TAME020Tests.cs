using Tame.Generator.Lowering;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME020Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME020") { LiesOutside = true };

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["'twait' works only in the body of a [Tamed] method; move this code into one, or make the event there and pass it in",
            "'mkevent' works only in the body of a [Tamed] method; move this code into one, or make the event there and pass it in"],
        await s_rule.Reports("""
        public static void Greet()
        {
            using ([|twait()|]) asap([|mkevent()|]);
        }
        """, " "));

    [Theory]
    [InlineData("""
        private readonly Event _event = [|mkevent()|];
        """)]
    [InlineData("""
        private Event Made => [|mkevent()|];
        """)]
    [InlineData("""
        private Event Made { get { return [|mkevent()|]; } set { asap([|Tame.Primitives.mkevent()|]); } }
        """)]
    [InlineData("""
        public Sample() => asap([|mkevent()|]);
        """)]
    [InlineData("""
        public static Sample operator +(Sample a, Sample b) { asap([|Primitives.mkevent()|]); return a; }
        """)]
    [InlineData("""
        public static void Wait(Rendezvous<int> r)
        {
            using ([|twait()|]) { }
            using var block = [|twait()|];
            [|twait(r)|];
            [|twait(r, out int id)|];
            Func<Event> make = [|mkevent|];
            Action wait = () => [|twait(r)|];
            Use([|mkevent(r, 3, out int slot)|]);
        }
        """)]
    [InlineData("""
        public sealed class Record(Event done)
        {
            public Event Done { get; } = Either([|mkevent()|], done);
            private static Event Either(Event a, Event b) => a;
        }
        """)]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code, " ");

    [Theory]
    [InlineData("""
        [Tamed] public static partial void Greet(Event done);

        private static void GreetBody(Event done) => timer(TimeSpan.Zero, done);
        public static string Names => nameof(twait) + nameof(mkevent) + nameof(Primitives.mkevent);
        """)]
    [InlineData("""
        // Somebody else's methods.
        public static partial class Sample
        {
            private static Event mkevent(int n) => default;
            private static IDisposable twait() => new MemoryStream();
            [Tamed] public static partial void Run(Event done);
            private static void RunBody(Event done)
            {
                using (twait()) asap(mkevent(3));
                Func<int, Event> make = mkevent;
                using var block = twait();
                lock (make) using (twait()) asap(make(1));
            }

            public static void Plain()
            {
                using (twait()) asap(mkevent(1));
            }
        }
        """)]
    [InlineData("""
        // timer, wait_on_fd and asap may be called anywhere.
        public static partial class Sample
        {
            [Tamed] public static partial void Run(Event done);
            private static void RunBody(Event done) => Plain(done);
            public static void Plain(Event done)
            {
                asap(done);
                timer(TimeSpan.Zero, done);
                Action<Event> soon = asap;
            }
        }
        """)]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);

    [Fact]
    public async Task Top_level_statements_are_no_tamed_body()
    {
        var compilation = Compiled.Compilation("asap(mkevent());");
        var program = compilation.WithOptions(compilation.Options.WithOutputKind(Microsoft.CodeAnalysis.OutputKind.ConsoleApplication));
        Assert.Equal("TAME020", Assert.Single(await Compiled.Analyze(program)).Id);
    }
}

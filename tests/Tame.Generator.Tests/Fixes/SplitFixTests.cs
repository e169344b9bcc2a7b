using Microsoft.CodeAnalysis.CodeFixes;
using Tame.CodeFixes;

namespace Tame.Generator.Tests.Fixes;

/// <summary>Fixes that turn a method into a pair, and calls of the body into calls of the pair.</summary>
public sealed class SplitFixTests
{
    [Fact]
    public Task A_whole_method_becomes_a_declaration_and_a_body() => Becomes(new SplitPairFix(), """
        public static class Sample
        {
            // Waits for a while.
            [Tamed]
            public static void Pause<T>(T time, int times = 1, params Event[] done)
                where T : class
            {
                // one by one
                for (int i = 0; i < times; i++)
                    using (twait()) asap(mkevent());
                foreach (var e in done) e.Trigger();
            }
        }
        """, """
        public static partial class Sample
        {
            // Waits for a while.
            [Tamed]
            public static partial void Pause<T>(T time, int times = 1, params Event[] done) where T : class;

            private static void PauseBody<T>(T time, int times, Event[] done)
                where T : class
            {
                // one by one
                for (int i = 0; i < times; i++)
                    using (twait()) asap(mkevent());
                foreach (var e in done) e.Trigger();
            }
        }
        """);

    [Fact]
    public Task An_expression_body_is_a_body() => Becomes(new SplitPairFix(), """
        public partial class Sample
        {
            [Tamed] void Pause(Event done) => asap(done);
        }
        """, """
        public partial class Sample
        {
            [Tamed] private partial void Pause(Event done);

            private void PauseBody(Event done) => asap(done);
        }
        """);

    [Fact]
    public Task Parameters_on_lines_of_their_own_stay_there() => Becomes(new SplitPairFix(), """
        public partial class Sample
        {
            [Tamed]
            private void Pause(
                [System.Obsolete] int times, // how often
                Event done)
            {
                done.Trigger();
            }
        }
        """, """
        public partial class Sample
        {
            [Tamed]
            private partial void Pause(
                [System.Obsolete] int times, // how often
                Event done);

            private void PauseBody(
                int times, // how often
                Event done)
            {
                done.Trigger();
            }
        }
        """);

    [Fact]
    public Task An_implementation_becomes_the_body() => Becomes(new SplitPairFix(), """
        public partial class Sample
        {
            [Tamed] public partial void Pause(Event done);

            public partial void Pause(Event done)
            {
                done.Trigger();
            }
        }
        """, """
        public partial class Sample
        {
            [Tamed] public partial void Pause(Event done);

            private void PauseBody(Event done)
            {
                done.Trigger();
            }
        }
        """);

    [Theory]
    [InlineData("public abstract class Sample { [Tamed] public abstract void Pause(Event done); }")]
    [InlineData("public class Sample { [Tamed] public int Pause(Event done) => 1; }")]
    [InlineData("public class Sample { [Tamed] public void Pause(Event done) => done.Trigger(); private void PauseBody(Event done) { } }")]
    public async Task What_is_no_method_with_statements_or_has_a_body_is_left(string code) => Assert.False(await Mended.Offers(new SplitPairFix(), code));

    [Fact]
    public async Task All_methods_become_pairs_at_once() => Assert.Equal(
        """
        public partial class Sample
        {
            [Tamed] public partial void One(Event done);

            private void OneBody(Event done) => asap(done);

            [Tamed] public partial void Two(Event done);

            private void TwoBody(Event done) => asap(done);
        }
        """,
        Lines(await Mended.All(new SplitPairFix(), """
        public partial class Sample
        {
            [Tamed] public void One(Event done) => asap(done);

            [Tamed] public void Two(Event done) => asap(done);
        }
        """)));

    [Fact]
    public async Task Calls_of_bodies_become_calls_of_the_tamed_methods_at_once() => Assert.Equal(
        """
        public partial class Sample
        {
            [Tamed] public partial void Pause<T>(T time, Event done);
            private void PauseBody<T>(T time, Event done) => asap(done);
            [Tamed(nameof(DoGreet))] public static partial void Greet(Event done);
            private static void DoGreet(Event done) => asap(done);

            public static void Start(Sample? sample, Event done)
            {
                sample?.Pause<int>(1, done);
                sample!.Pause("", done);
                Sample.Greet(done);
                Action<Event> greet = /* not now */ Greet;
            }
        }
        """,
        Lines(await Mended.All(new CallDeclarationFix(), """
        public partial class Sample
        {
            [Tamed] public partial void Pause<T>(T time, Event done);
            private void PauseBody<T>(T time, Event done) => asap(done);
            [Tamed(nameof(DoGreet))] public static partial void Greet(Event done);
            private static void DoGreet(Event done) => asap(done);

            public static void Start(Sample? sample, Event done)
            {
                sample?.PauseBody<int>(1, done);
                sample!.PauseBody("", done);
                Sample.DoGreet(done);
                Action<Event> greet = /* not now */ DoGreet;
            }
        }
        """)));

    [Fact]
    public Task A_call_of_a_body_becomes_a_call_of_the_tamed_method() => Becomes(new CallDeclarationFix(), """
        public partial class Sample
        {
            [Tamed] public partial void Pause(Event done);
            private void PauseBody(Event done) => asap(done);
            public void Start() => EventLoop.Run(done => this.PauseBody(done));
        }
        """, """
        public partial class Sample
        {
            [Tamed] public partial void Pause(Event done);
            private void PauseBody(Event done) => asap(done);
            public void Start() => EventLoop.Run(done => this.Pause(done));
        }
        """);

    private static async Task Becomes(CodeFixProvider fix, string before, string after) => Assert.Equal(after, Lines(await Mended.One(fix, before)));

    private static string Lines(string text) => text.ReplaceLineEndings("\n");
}

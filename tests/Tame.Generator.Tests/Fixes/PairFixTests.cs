using Microsoft.CodeAnalysis.CodeFixes;
using Tame.CodeFixes;

namespace Tame.Generator.Tests.Fixes;

/// <summary>Fixes that write one half of a pair from the other.</summary>
public sealed class PairFixTests
{
    [Fact]
    public async Task The_body_is_written_behind_its_declaration() => Assert.Equal(
        """
        public static partial class Sample
        {
            [Tamed] public static partial void Greet<T>(string name, [System.Obsolete] T[] all, Event<int> found, Event done) where T : class;

            private static void GreetBody<T>(string name, T[] all, Event<int> found, Event done)
                where T : class
            {
                done.Trigger();
            }
        }
        """,
        await One(new WriteBodyFix(), """
        public static partial class Sample
        {
            [Tamed] public static partial void Greet<T>(string name, [System.Obsolete] T[] all, Event<int> found, Event done) where T : class;
        }
        """));

    [Fact]
    public async Task Bodies_are_written_for_all_declarations_at_once() => Assert.Equal(
        """
        public partial class Sample
        {
            [Tamed] private partial void One(Event done);

            private void OneBody(Event done)
            {
                done.Trigger();
            }

            [Tamed] private partial void Two(params int[] numbers);

            private void TwoBody(int[] numbers)
            {
            }
        }
        """,
        await All(new WriteBodyFix(), """
        public partial class Sample
        {
            [Tamed] private partial void One(Event done);

            [Tamed] private partial void Two(params int[] numbers);
        }
        """));

    [Fact]
    public async Task The_declaration_is_written_before_its_body_and_the_type_becomes_partial() => Assert.Equal(
        """
        public static partial class Sample
        {
            [Tamed]
            private static partial void Greet(string name, Event done);

            // says hello
            private static void GreetBody(string name, Event done)
            {
                using (twait()) asap(mkevent());
                done.Trigger();
            }
        }
        """,
        await One(new WriteDeclarationFix(), """
        public static class Sample
        {
            // says hello
            private static void GreetBody(string name, Event done)
            {
                using (twait()) asap(mkevent());
                done.Trigger();
            }
        }
        """));

    [Fact]
    public async Task The_body_takes_the_signature_of_its_declaration_and_keeps_its_statements() => Assert.Equal(
        """
        public static partial class Sample
        {
            [Tamed] public static partial void Greet(string name, int times, Event done);

            private static void GreetBody(string name, int times, Event done)
            {
                // as it was
                done.Trigger();
            }
        }
        """,
        await One(new CopySignatureFix(), """
        public static partial class Sample
        {
            [Tamed] public static partial void Greet(string name, int times, Event done);

            private static void GreetBody(string name, Event done)
            {
                // as it was
                done.Trigger();
            }
        }
        """));

    [Fact]
    public async Task A_body_that_should_be_static_becomes_so_and_the_other_way_round() => Assert.Equal(
        """
        public partial class Sample
        {
            [Tamed] public static partial void One(Event done);
            private static void OneBody(Event done) => done.Trigger();
            [Tamed] public partial void Two(Event done);
            private void TwoBody(Event done) => done.Trigger();
        }
        """,
        await All(new CopySignatureFix(), """
        public partial class Sample
        {
            [Tamed] public static partial void One(Event done);
            private void OneBody(Event done) => done.Trigger();
            [Tamed] public partial void Two(Event done);
            private static void TwoBody(Event done) => done.Trigger();
        }
        """));

    [Fact]
    public async Task A_declaration_without_a_modifier_becomes_private() => Assert.Equal(
        """
        public static partial class Sample
        {
            [Tamed] private static partial void Greet(Event done);
            private static void GreetBody(Event done) => done.Trigger();
        }
        """,
        await One(new AddPrivateFix(), """
        public static partial class Sample
        {
            [Tamed] static partial void Greet(Event done);
            private static void GreetBody(Event done) => done.Trigger();
        }
        """));

    [Fact]
    public async Task Declarations_without_a_modifier_become_private_at_once() => Assert.Equal(
        """
        public static partial class Sample
        {
            [Tamed] private static partial void Greet(Event done);
            private static void GreetBody(Event done) => done.Trigger();

            [Tamed]
            private static partial void Part(Event done);
            private static void PartBody(Event done) => done.Trigger();
        }
        """,
        await All(new AddPrivateFix(), """
        public static partial class Sample
        {
            [Tamed] static partial void Greet(Event done);
            private static void GreetBody(Event done) => done.Trigger();

            [Tamed]
            static partial void Part(Event done);
            private static void PartBody(Event done) => done.Trigger();
        }
        """));

    [Fact]
    public async Task Declarations_are_written_for_all_bodies_at_once() => Assert.Equal(
        """
        public partial class Sample
        {
            [Tamed]
            private static partial void One(Event done);

            private static void OneBody(Event done)
            {
                using (twait()) asap(mkevent());
                done.Trigger();
            }

            [Tamed]
            private partial void Two(Event done);

            private void TwoBody(Event done)
            {
                using (twait()) asap(mkevent());
                done.Trigger();
            }
        }
        """,
        await All(new WriteDeclarationFix(), """
        public class Sample
        {
            private static void OneBody(Event done)
            {
                using (twait()) asap(mkevent());
                done.Trigger();
            }

            private void TwoBody(Event done)
            {
                using (twait()) asap(mkevent());
                done.Trigger();
            }
        }
        """));

    [Fact]
    public async Task A_document_with_line_feeds_gets_no_carriage_returns()
    {
        const string Declaration = "public static partial class Sample\n{\n    [Tamed] public static partial void Greet<T>(T name, Event done) where T : class;\n}\n";
        const string Body = "public static partial class Sample\n{\n    private static void GreetBody(Event done)\n    {\n        using (twait()) asap(mkevent());\n    }\n}\n";
        const string Whole = "public static partial class Sample\n{\n    [Tamed] private static void Greet(Event done)\n    {\n        done.Trigger();\n    }\n}\n";
        foreach (var (fix, code) in new (CodeFixProvider, string)[] { (new WriteBodyFix(), Declaration), (new WriteDeclarationFix(), Body), (new SplitPairFix(), Whole) })
            Assert.DoesNotContain("\r", await Mended.One(fix, code), StringComparison.Ordinal);
    }

    private static async Task<string> One(CodeFixProvider fix, string code) => (await Mended.One(fix, code)).ReplaceLineEndings("\n");

    private static async Task<string> All(CodeFixProvider fix, string code) => (await Mended.All(fix, code)).ReplaceLineEndings("\n");
}

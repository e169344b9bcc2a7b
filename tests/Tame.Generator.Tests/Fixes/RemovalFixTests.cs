using Microsoft.CodeAnalysis.CodeFixes;
using Tame.CodeFixes;

namespace Tame.Generator.Tests.Fixes;

/// <summary>Fixes that remove code without effect.</summary>
public sealed class RemovalFixTests
{
    [Theory]
    [InlineData("""
                // soon
                using (twait()) asap(done); // at once
        """, """
                // soon
                asap(done); // at once
        """)]
    [InlineData("""
                // both
                using (twait())
                {
                    // the first
                    Use(n);
                    asap(done);
                }

                Use(n);
        """, """
                // both
                Use(n);
                asap(done);

                Use(n);
        """)]
    [InlineData("""
                using (twait())
                {
                    int m = n;
                    Use(m);
                }
        """, """
                {
                    int m = n;
                    Use(m);
                }
        """)]
    [InlineData("""
                Use(1);
                using (twait())
                {
                }

                Use(2);
        """, """
                Use(1);

                Use(2);
        """)]
    [InlineData("""
                if (n > 3)
                    using (twait()) Use(n);
        """, """
                if (n > 3)
                    Use(n);
        """)]
    public Task A_block_without_events_goes_and_its_statements_stay(string before, string after) => Becomes(new RemoveBlockFix(), before, after);

    [Theory]
    [InlineData("done.Trigger();\n        done.Trigger();", "done.Trigger();")]
    [InlineData("done.Trigger();\n        // again\n        if (n > 3) done.Unblock();\n        Use(n);", "done.Trigger();\n        Use(n);")]
    [InlineData("done.Trigger();\n        switch (n)\n        {\n            case 1:\n                done.Trigger();\n                break;\n        }", "done.Trigger();\n        switch (n)\n        {\n            case 1:\n                break;\n        }")]
    public Task A_second_completion_goes(string before, string after) => Becomes(new RemoveCompletionFix(), "        " + before, "        " + after);

    [Theory]
    [InlineData("done.Trigger();\n        done.Fail(new System.Exception());")]
    [InlineData("done.Trigger();\n        if (n++ > 3) done.Trigger();")]
    [InlineData("done.Trigger();\n        if (n > 3) done.Trigger(); else Use(n);")]
    public async Task A_second_completion_that_computes_something_is_left_to_the_user(string code) => Assert.False(await Mended.Offers(new RemoveCompletionFix(), Body("        " + code)));

    [Fact]
    public Task A_slot_that_nobody_can_read_becomes_a_discard() => Becomes(new DiscardSlotFix(), """
                using (twait()) Both(mkevent(out int number, out List<string> text));
        """, """
                using (twait()) Both(mkevent(out int _, out List<string> text));
        """);

    [Fact]
    public async Task All_blocks_without_events_go_at_once() => Assert.Equal(
        Body("        Use(1);\n        Use(2);\n        asap(done);"),
        Lines(await Mended.All(new RemoveBlockFix(), Body("        using (twait()) Use(1);\n        using (twait())\n        {\n            Use(2);\n        }\n        using (twait()) asap(done);"))));

    [Fact]
    public async Task All_second_completions_go_at_once() => Assert.Equal(
        Body("        done.Trigger();\n        Use(n);"),
        Lines(await Mended.All(new RemoveCompletionFix(), Body("        done.Trigger();\n        done.Trigger();\n        Use(n);\n        if (n > 3) done.Unblock();"))));

    [Fact]
    public async Task All_slots_that_nobody_can_read_become_discards_at_once() => Assert.Equal(
        Body("        using (twait()) Both(mkevent(out int _, out List<string> _));\n        done.Trigger();"),
        Lines(await Mended.All(new DiscardSlotFix(), Body("        using (twait()) Both(mkevent(out int number, out List<string> text));\n        done.Trigger();"))));

    private static async Task Becomes(CodeFixProvider fix, string before, string after) => Assert.Equal(Body(after), Lines(await Mended.One(fix, Body(before))));

    private static string Lines(string text) => text.ReplaceLineEndings("\n");

    private static string Body(string statements) => $$"""
        public static partial class Sample
        {
            private static void Both(Event<int, List<string>> e) => e.Trigger(1, []);
            private static void Use(object o) { }
            [Tamed] public static partial void Run(int n, Event done);

            private static void RunBody(int n, Event done)
            {
        {{statements}}
            }
        }
        """;
}

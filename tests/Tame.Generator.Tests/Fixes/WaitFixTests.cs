using Microsoft.CodeAnalysis.CodeFixes;
using Tame.CodeFixes;

namespace Tame.Generator.Tests.Fixes;

/// <summary>Fixes inside a body.</summary>
public sealed class WaitFixTests
{
    [Fact]
    public Task A_bare_twait_becomes_a_block_with_the_statement_behind_it() => Becomes(new UsingTwaitFix(), """
                // soon
                twait();
                asap(mkevent());
                Use(1);
        """, """
                // soon
                using (twait()) asap(mkevent());
                Use(1);
        """);

    [Fact]
    public Task A_twait_that_was_written_like_the_block_of_the_paper_becomes_one() => Becomes(new UsingTwaitFix(), """
                twait();
                {
                    asap(mkevent());
                    asap(mkevent());
                }
        """, """
                using (twait())
                {
                    asap(mkevent());
                    asap(mkevent());
                }
        """);

    [Fact]
    public Task A_slot_gets_the_type_of_the_event_that_is_wanted() => Becomes(new SlotTypeFix(), """
                using (twait())
                {
                    Both(mkevent(out int number, out var text));
                    Use(1);
                }
        """, """
                using (twait())
                {
                    Both(mkevent(out int number, out List<string> text));
                    Use(1);
                }
        """);

    [Fact]
    public Task A_rendezvous_with_events_left_is_cancelled_at_the_end() => Becomes(new CancelRendezvousFix(), """
                // two, of which the first counts
                var r = new Rendezvous<int>();
                asap(mkevent(r, 1));
                asap(mkevent(r, 2));
                twait(r, out int id);
        """, """
                // two, of which the first counts
                using var r = new Rendezvous<int>();
                asap(mkevent(r, 1));
                asap(mkevent(r, 2));
                twait(r, out int id);
        """);

    [Theory]
    [InlineData("System.Threading.Thread.Sleep(10 * n);", "twait(e => timer(TimeSpan.FromMilliseconds(10 * n), e));")]
    [InlineData("System.Threading.Thread.Sleep(TimeSpan.FromDays(1)); // long", "twait(e => timer(TimeSpan.FromDays(1), e)); // long")]
    [InlineData("System.Threading.Tasks.Task.Delay(3).Wait();", "twait(System.Threading.Tasks.Task.Delay(3));")]
    [InlineData("System.Threading.Tasks.Task.Delay(3).GetAwaiter().GetResult();", "twait(System.Threading.Tasks.Task.Delay(3));")]
    [InlineData("var x = System.Threading.Tasks.Task.FromResult(3).Result;", "twait(System.Threading.Tasks.Task.FromResult(3), out var x);")]
    [InlineData("long x = System.Threading.Tasks.Task.FromResult(3).Result;", "twait(System.Threading.Tasks.Task.FromResult(3), out var xResult);\n        long x = xResult;")]
    [InlineData("using var x = System.Threading.Tasks.Task.FromResult(new System.IO.MemoryStream()).Result;",
        "twait(System.Threading.Tasks.Task.FromResult(new System.IO.MemoryStream()), out var xResult);\n        using var x = xResult;")]
    [InlineData("new System.Threading.Tasks.ValueTask<int>(System.Threading.Tasks.Task.FromResult(3)).GetAwaiter().GetResult();",
        "twait(new System.Threading.Tasks.ValueTask<int>(System.Threading.Tasks.Task.FromResult(3)));")]
    [InlineData("string? x = System.Threading.Tasks.Task.FromResult(\"a\").Result;", "twait(System.Threading.Tasks.Task.FromResult(\"a\"), out string? x);")]
    [InlineData("int e = 3;\n        System.Threading.Thread.Sleep(e);", "int e = 3;\n        twait(e2 => timer(TimeSpan.FromMilliseconds(e), e2));")]
    [InlineData("int ms;\n        System.Threading.Thread.Sleep(ms = 3);\n        Use(ms);", "int ms;\n        using (twait()) timer(TimeSpan.FromMilliseconds(ms = 3), mkevent());\n        Use(ms);")]
    [InlineData("Span<int> all = [1];\n        System.Threading.Thread.Sleep(all[0]);", "Span<int> all = [1];\n        using (twait()) timer(TimeSpan.FromMilliseconds(all[0]), mkevent());")]
    public Task A_call_that_blocks_becomes_a_wait(string blocking, string waiting) => Becomes(new WaitInsteadFix(), $"        {blocking}", $"        {waiting}");

    [Theory]
    [InlineData("Use(System.Threading.Tasks.Task.FromResult(3).Result);")]
    [InlineData("if (n > 3) System.Threading.Thread.Sleep(10);")]
    [InlineData("System.Threading.Thread.Sleep(int.TryParse(\"3\", out var ms) ? ms : 0);\n        Use(ms);")]
    [InlineData("new System.Threading.SemaphoreSlim(1).Wait(n);")]
    [InlineData("new System.Threading.SemaphoreSlim(1).Wait();")]
    public async Task A_call_that_needs_thought_is_left_to_the_user(string blocking) => Assert.False(await Mended.Offers(new WaitInsteadFix(), Body($"        {blocking}")));

    [Fact]
    public async Task All_are_mended_at_once() => Assert.Equal(
        Body("        twait(e => timer(TimeSpan.FromMilliseconds(1), e));\n        twait(e => timer(TimeSpan.FromMilliseconds(2), e));"),
        (await Mended.All(new WaitInsteadFix(), Body("        System.Threading.Thread.Sleep(1);\n        System.Threading.Thread.Sleep(2);"))).ReplaceLineEndings("\n"));

    [Theory]
    [InlineData("// now\n        asap(mkevent()); // at once", "// now\n        using (twait()) asap(mkevent()); // at once")]
    [InlineData("int x;\n        if (n > 3) One(mkevent(out x));", "int x;\n        if (n > 3) using (twait()) One(mkevent(out x));")]
    public Task An_event_in_no_block_gets_one(string before, string after) => Becomes(new WrapInBlockFix(), $"        {before}", $"        {after}");

    [Theory]
    [InlineData("var e = mkevent();")]
    [InlineData("mkevent();")]
    [InlineData("One(mkevent(out int x));\n        Use(x);")]
    public async Task An_event_that_is_used_later_is_left_to_the_user(string code) => Assert.False(await Mended.Offers(new WrapInBlockFix(), Body($"        {code}")));

    [Fact]
    public Task All_bare_twaits_become_blocks_at_once() => AllBecome(new UsingTwaitFix(),
        "        twait();\n        asap(mkevent());\n        twait();\n        asap(mkevent());",
        "        using (twait()) asap(mkevent());\n        using (twait()) asap(mkevent());");

    [Fact]
    public Task All_slots_get_their_types_at_once() => AllBecome(new SlotTypeFix(),
        "        using (twait()) Both(mkevent(out var number, out var text));\n        using (twait()) One(mkevent(out var one));",
        "        using (twait()) Both(mkevent(out int number, out List<string> text));\n        using (twait()) One(mkevent(out int one));");

    [Fact]
    public Task All_events_in_no_block_get_one_at_once() => AllBecome(new WrapInBlockFix(),
        "        asap(mkevent());\n        asap(mkevent());",
        "        using (twait()) asap(mkevent());\n        using (twait()) asap(mkevent());");

    [Fact]
    public Task All_rendezvous_with_events_left_are_cancelled_at_once() => AllBecome(new CancelRendezvousFix(),
        "        var a = new Rendezvous();\n        asap(mkevent(a));\n        var b = new Rendezvous();\n        asap(mkevent(b));",
        "        using var a = new Rendezvous();\n        asap(mkevent(a));\n        using var b = new Rendezvous();\n        asap(mkevent(b));");

    private static async Task AllBecome(CodeFixProvider fix, string before, string after) =>
        Assert.Equal(Body(after), (await Mended.All(fix, Body(before))).ReplaceLineEndings("\n"));

    private static async Task Becomes(CodeFixProvider fix, string before, string after) =>
        Assert.Equal(Body(after), (await Mended.One(fix, Body(before))).ReplaceLineEndings("\n"));

    private static string Body(string statements) => $$"""
        public static partial class Sample
        {
            private static void Both(Event<int, List<string>> e) => e.Trigger(1, []);
            private static void One(Event<int> e) => e.Trigger(1);
            private static void Use(object o) { }
            [Tamed] public static partial void Run(int n, Event done);

            private static void RunBody(int n, Event done)
            {
        {{statements}}
                done.Trigger();
            }
        }
        """;
}

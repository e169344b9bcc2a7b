using Microsoft.CodeAnalysis.CodeFixes;
using Tame.CodeFixes;
using Tame.CodeFixes.WaitForms;

namespace Tame.Generator.Tests.Fixes;

/// <summary>Fixes of waits in the everyday form.</summary>
public sealed class EverydayFixTests
{
    [Theory]
    [InlineData("twait(e => One(e), out var x);", "twait(e => One(e), out int x);")]
    [InlineData("twait((e) => { Use(1); Both(e.WithTimeout(TimeSpan.FromSeconds(1))); }, out n, out var text);", "twait((e) => { Use(1); Both(e.WithTimeout(TimeSpan.FromSeconds(1))); }, out n, out List<string> text);")]
    [InlineData("using (twait()) One(mkevent(out var x).WithTimeout(TimeSpan.FromSeconds(1)));", "using (twait()) One(mkevent(out int x).WithTimeout(TimeSpan.FromSeconds(1)));")]
    [InlineData("twait(e => One(e), out _);", "twait(e => One(e), out int _);")]
    [InlineData("twait(e => One(e), out var _);", "twait(e => One(e), out int _);")]
    [InlineData("twait(e => Both(e), out int x, out /* texts */ _);", "twait(e => Both(e), out int x, out /* texts */ List<string> _);")]
    [InlineData("using (twait()) One(mkevent(out _));", "using (twait()) One(mkevent(out int _));")]
    public Task A_slot_gets_its_type(string before, string after) => Becomes(new SlotTypeFix(), before, after);

    [Theory]
    [InlineData("twait(e => e.Trigger(1), out var x);")]
    [InlineData("twait(e => Any(e), out var x);")]
    public async Task A_slot_of_unknown_type_is_left_to_the_user(string code) => Assert.False(await Mended.Offers(new SlotTypeFix(), Body(code)));

    [Theory]
    [InlineData("twait(e => { asap(e); asap(mkevent()); });", "using (twait()) { asap(mkevent()); asap(mkevent()); }")]
    [InlineData("twait(e =>\n        {\n            twait(Later(), out int x);\n            if (x > 3) One(e);\n            else e.Trigger(x);\n        }, out n);",
        "using (twait())\n        {\n            var e = mkevent(out n);\n            twait(Later(), out int x);\n            if (x > 3) One(e);\n            else e.Trigger(x);\n        }")]
    [InlineData("twait(e => { One(e); twait(e2 => asap(e2)); }, out int x);", "int x;\n        using (twait()) { One(mkevent(out x)); twait(e2 => asap(e2)); }")]
    [InlineData("Span<int> all = numbers;\n        twait(e => From(all[0], e), out n);", "Span<int> all = numbers;\n        using (twait()) From(all[0], mkevent(out n));")]
    [InlineData("ref var first = ref numbers[0];\n        twait(e => { From(first, e); }, out int x);", "ref var first = ref numbers[0];\n        int x;\n        using (twait()) { From(first, mkevent(out x)); }")]
    [InlineData("int set;\n        twait(e => { set = 3; asap(e); });\n        Use(set);", "int set;\n        using (twait()) { set = 3; asap(mkevent()); }\n        Use(set);")]
    public Task What_the_lambda_cannot_do_a_block_can(string before, string after) => Becomes(new BlockInsteadFix(), before, after);

    [Theory]
    [InlineData("twait(e => { asap(mkevent()); if (n > 3) { e.Trigger(); return; } asap(e); });")]
    [InlineData("int x = 1; twait(e => { int x = 2; From(x, e); asap(mkevent()); }, out n); Use(x);")]
    [InlineData("if (n > 3) twait(e => { One(e); asap(mkevent()); }, out int x);")]
    [InlineData("twait(e => One(mkevent(out n)), out n);")]
    public async Task A_lambda_that_is_no_block_is_left_to_the_user(string code) => Assert.False(await Mended.Offers(new BlockInsteadFix(), Body(code)));

    [Theory]
    [InlineData("twait(One, out int x);", "twait(e => One(e), out int x);")]
    [InlineData("Action<Event> e = asap;\n        twait(e);", "Action<Event> e = asap;\n        twait(e2 => e(e2));")]
    [InlineData("twait(Primitives.asap); // soon", "twait(e => Primitives.asap(e)); // soon")]
    [InlineData("twait((Action<Event<int>>)(e => One(e)), out n);", "twait(e => One(e), out n);")]
    public Task A_lambda_is_written_in_place(string before, string after) => Becomes(new StartInPlaceFix(), before, after);

    [Theory]
    [InlineData("twait((Action<Event<int>>)(e => One(e)), out var x);")]
    [InlineData("twait((Action<Event<int>>)One, out n);")]
    [InlineData("twait(n > 3 ? new Action<Event>(asap) : new Action<Event>(asap));")]
    [InlineData("twait(async e => { await Task.Yield(); asap(e); });")]
    [InlineData("twait((a, b) => { asap(a); asap(b); });")]
    public async Task A_start_that_needs_thought_is_left_to_the_user(string code) => Assert.False(await Mended.Offers(new StartInPlaceFix(), Body(code)));

    [Theory]
    [InlineData("using (twait()) One(mkevent(out int x));\n        Use(x);", "twait(e => One(e), out int x);\n        Use(x);")]
    [InlineData("using (twait())\n        {\n            Later().Trigger(mkevent(out int x));\n        }\n        if (n > 3) Use(x);", "twait(Later(), out int x);\n        if (n > 3) Use(x);")]
    public Task A_variable_that_is_used_behind_its_block_lives_on(string before, string after) => Becomes(new StatementInsteadFix(), before, after);

    [Theory]
    [InlineData("using (twait()) { One(mkevent(out int x)); asap(mkevent()); } Use(x);")]
    [InlineData("if (n > 3) using (twait()) One(mkevent(out int x)); Use(x);")]
    [InlineData("{ using (twait()) One(mkevent(out int x)); } Use(x);")]
    [InlineData("using (twait()) { int x = 1; From(x, mkevent(out n)); } Use(x);")]
    public async Task A_variable_of_another_block_is_left_to_the_user(string code) => Assert.False(await Mended.Offers(new StatementInsteadFix(), Body(code)));

    private static async Task Becomes(CodeFixProvider fix, string before, string after) => Assert.Equal(Body(after), (await Mended.One(fix, Body(before))).ReplaceLineEndings("\n"));

    private static string Body(string statements) => $$"""
        public static partial class Sample
        {
            private static void Both(Event<int, List<string>> e) => e.Trigger(1, []);
            private static void One(Event<int> e) => e.Trigger(1);
            private static void From(int n, Event<int> e) => e.Trigger(n);
            private static void Any<T>(Event<T> e) => e.Unblock();
            private static Task<int> Later() => Task.FromResult(1);
            private static void Use(object? o) { }
            [Tamed] public static partial void Run(int n, int[] numbers, Event done);

            private static void RunBody(int n, int[] numbers, Event done)
            {
                {{statements}}
                done.Trigger();
            }
        }
        """;
}

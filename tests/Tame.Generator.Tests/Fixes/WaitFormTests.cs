using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Tame.CodeFixes.WaitForms;
using Tame.Generator.Tests.Fixes.AsyncToTamed;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Fixes;

/// <summary>The refactorings from a twait block to a statement and back. They are requested at <c>$$</c>.</summary>
public sealed class WaitFormTests
{
    [Theory]
    [InlineData("using ($$twait()) asap(mkevent()); // now", "twait(e => asap(e)); // now")]
    [InlineData("int a;\n        $$using (twait()) One(mkevent(out a));\n        Use(a);", "int a;\n        twait(e => One(e), out a);\n        Use(a);")]
    [InlineData("int a;\n        using (twait()$$)\n        {\n            One(mkevent(out a).WithTimeout(TimeSpan.FromSeconds(1)));\n        }\n        Use(a);", "int a;\n        twait(e => One(e.WithTimeout(TimeSpan.FromSeconds(1))), out a);\n        Use(a);")]
    [InlineData("using ($$twait()) Both(mkevent(out int a, out List<string> _));", "twait(e => Both(e), out int a, out List<string> _);")]
    [InlineData("int a = 0;\n        using ($$twait()) From(a, mkevent(out a));", "int a = 0;\n        twait(e => From(a, e), out a);")]
    [InlineData("int e = 1;\n        using ($$twait()) From(e, mkevent(out e));", "int e = 1;\n        twait(e2 => From(e, e2), out e);")]
    [InlineData("using ($$twait()) From(n, mkevent(out numbers[n]));", "twait(e => From(n, e), out numbers[n]);")]
    [InlineData("using ($$twait()) One(mkevent(out numbers[n++]));", "twait(e => One(e), out numbers[n++]);")]
    [InlineData("using ($$twait()) One(mkevent(out s_number));", "twait(e => One(e), out s_number);")]
    [InlineData("using (Primitives.$$twait()) One(Primitives.mkevent<int>(out var a));", "Primitives.twait<int>(e => One(e), out var a);")]
    [InlineData("using ($$twait()) From(box is { a: var made } ? made : 0, mkevent(out n));", "twait(e => From(box is { a: var made } ? made : 0, e), out n);")]
    [InlineData("using ($$twait()) Task.Delay(n).Trigger(mkevent());", "twait(Task.Delay(n));")]
    [InlineData("int a;\n        using ($$twait()) (n > 3 ? Task.FromResult(1) : Later()).Trigger(mkevent(out a));", "int a;\n        twait(n > 3 ? Task.FromResult(1) : Later(), out a);")]
    [InlineData("using ($$twait()) Later().Trigger(mkevent(out int _));", "twait(Later(), out int _);")]
    [InlineData("Span<int> all = numbers;\n        using ($$twait()) Task.Delay(all[0]).Trigger(mkevent());", "Span<int> all = numbers;\n        twait(Task.Delay(all[0]));")]
    [InlineData("if (n > 3)\n            using ($$twait()) asap(mkevent());\n        else Use(n);", "if (n > 3)\n            twait(e => asap(e));\n        else Use(n);")]
    [InlineData("{ int a = 1; Use(a); }\n        box.a = 3;\n        {\n            using ($$twait()) One(mkevent(out int a));\n        }", "{ int a = 1; Use(a); }\n        box.a = 3;\n        {\n            twait(e => One(e), out int a);\n        }")]
    [InlineData("// one\n        using ($$twait()) // two\n        {\n            // three\n            asap(mkevent( /* four */ ));\n        } // five", "// one\n        // two\n        // three\n        /* four */\n        twait(e => asap(e)); // five")]
    [InlineData("string? a;\n        using ($$twait()) Maybe(mkevent(out a));\n        Use(a);", "string? a;\n        twait(e => Maybe(e), out a);\n        Use(a);")]
    [InlineData("string? a;\n        using ($$twait()) Sure(mkevent(out a));\n        Use(a.Length);", "string? a;\n        twait(e => Sure(e), out a);\n        Use(a.Length);")]
    [InlineData("string a;\n        using ($$twait()) Sure(mkevent(out a));\n        Use(a.Length);", "string a;\n        twait(e => Sure(e), out a);\n        Use(a.Length);")]
    [InlineData("string? a;\n        using ($$twait()) Text().Trigger(mkevent(out a));\n        Use(a.Length);", "string? a;\n        twait(Text(), out a);\n        Use(a.Length);")]
    [InlineData("string? a;\n        using ($$twait()) MaybeText().Trigger(mkevent(out a));\n        Use(a);", "string? a;\n        twait(MaybeText(), out a);\n        Use(a);")]
    public async Task A_block_becomes_a_statement(string before, string after) => Assert.Equal(Body(after), await Text(before));

    [Theory]
    [InlineData("using ($$twait()) { asap(mkevent()); asap(mkevent()); }")]
    [InlineData("using ($$twait()) { asap(mkevent()); Use(1); }")]
    [InlineData("using ($$twait()) { var e = mkevent(); asap(e); }")]
    [InlineData("using ($$twait()) { twait(e => asap(e)); asap(mkevent()); }")]
    [InlineData("using ($$twait()) for (int i = 0; i < n; i++) asap(mkevent());")]
    [InlineData("using ($$twait()) if (n > 3) asap(mkevent());")]
    [InlineData("using ($$twait()) Use(n > 3 && Asap(mkevent()));")]
    [InlineData("using ($$twait()) Use(n > 3 ? Asap(mkevent()) : false);")]
    [InlineData("Box? none = null; using ($$twait()) none?.Start(mkevent());")]
    [InlineData("var r = new Rendezvous(); using ($$twait()) Two(mkevent(), mkevent(r)); twait(r);")]
    [InlineData("using ($$twait()) mkevent();")]
    [InlineData("Span<int> all = numbers; using ($$twait()) From(all[0], mkevent(out int _));")]
    [InlineData("ref var first = ref numbers[0]; using ($$twait()) From(first, mkevent(out int _));")]
    [InlineData("int set; using ($$twait()) From(set = 3, mkevent(out int _)); Use(set);")]
    [InlineData("int a; using ($$twait()) Behind(mkevent(out a), a);")]
    [InlineData("using ($$twait()) Behind(mkevent(out int a), a);")]
    [InlineData("using ($$twait()) From(n++, mkevent(out int _)); Use(n);")]
    [InlineData("using ($$twait()) From(Number(), mkevent(out numbers[n]));")]
    [InlineData("using ($$twait()) From(s_number++, mkevent(out numbers[s_number]));")]
    [InlineData("using ($$twait()) One(mkevent(out int a)); using (twait()) One(mkevent(out int a));")]
    [InlineData("using ($$twait()) One(mkevent(out int a)); { int a = 1; Use(a); }")]
    [InlineData("using ($$twait()) One(mkevent(out int s_number)); Use(s_number);")]
    [InlineData("switch (n) { case 1: using ($$twait()) One(mkevent(out int a)); break; case 2: { int a = 1; Use(a); } break; }")]
    [InlineData("using ($$twait()) Tried(out var made).Trigger(mkevent());")]
    [InlineData("using ($$twait()) One(mkevent(slot: out n));")]
    [InlineData("using (twait()) asap($$mkevent());")]
    [InlineData("using ($$new MemoryStream()) twait(e => asap(e));")]
    public async Task A_block_that_means_something_else_stays(string code) => Assert.Empty(await Offered(code));

    [Theory]
    [InlineData("using ($$twait()) One(mkevent(out int a));\n        Use(a);", "twait(e => One(e), out int a);\n        Use(a);")]
    [InlineData("using ($$twait()) Sure(mkevent(out string? a));\n        Use(a.Length);", "twait(e => Sure(e), out string? a);\n        Use(a.Length);")]
    [InlineData("using ($$twait()) Maybe(mkevent(out string? a));\n        Use(a);", "twait(e => Maybe(e), out string? a);\n        Use(a);")]
    [InlineData("using ($$twait()) Text().Trigger(mkevent(out string a));\n        Use(a.Length);", "twait(Text(), out string a);\n        Use(a.Length);")]
    public async Task A_variable_of_the_block_that_was_used_behind_it_lives_on(string before, string after)
    {
        var (document, span) = await Documented(before, "CS0103");
        var changed = await Mended.Changed(document, Assert.Single(await Offered(document, span)));
        Assert.Equal(Body(after), (await Mended.Text(changed)).ReplaceLineEndings("\n"));
        Assert.Empty(await Mended.Warnings(changed));
    }

    /// <summary>A block takes the type of the arriving value. A statement takes the annotation of the task.</summary>
    [Fact]
    public async Task A_null_that_a_task_may_bring_is_seen_behind_the_statement()
    {
        var (document, span) = await Documented("string? a;\n        using ($$twait()) MaybeText().Trigger(mkevent(out a));\n        Use(a.Length);");
        Assert.Empty(await Mended.Warnings(document));
        Assert.Equal(["CS8602"], await Mended.Warnings(await Mended.Changed(document, Assert.Single(await Offered(document, span)))));
    }

    [Theory]
    [InlineData("$$twait(e => asap(e)); // now", "using (twait()) asap(mkevent()); // now")]
    [InlineData("// first\n        tw$$ait(e => One(e), out int a);\n        Use(a);", "// first\n        int a;\n        using (twait()) One(mkevent(out a));\n        Use(a);")]
    [InlineData("$$twait((Event<int, List<string>> e) => Both(e), out var a, out _);\n        Use(a);", "int a;\n        using (twait()) Both(mkevent(out a, out List<string> _));\n        Use(a);")]
    [InlineData("$$twait(e => One(e.WithTimeout(TimeSpan.FromSeconds(1))), out n);", "using (twait()) One(mkevent(out n).WithTimeout(TimeSpan.FromSeconds(1)));")]
    [InlineData("$$twait(e => From(n, e), out numbers[n++]);", "using (twait()) From(n, mkevent(out numbers[n++]));")]
    [InlineData("$$twait(e => From(Number(), e), out numbers[n]);", "using (twait()) { var e = mkevent(out numbers[n]); From(Number(), e); }")]
    [InlineData("$$twait(e => Use(n > 3 && Asap(e)));", "using (twait()) { var e = mkevent(); Use(n > 3 && Asap(e)); }")]
    [InlineData("$$twait(e => Two(e, e));", "using (twait()) { var e = mkevent(); Two(e, e); }")]
    [InlineData("$$twait(e => { One(e); }, out n);", "using (twait()) { One(mkevent(out n)); }")]
    [InlineData("$$twait(e =>\n        {\n            // soon\n            if (n > 3) asap(e);\n            else e.Trigger();\n        });", "using (twait())\n        {\n            var e = mkevent();\n            // soon\n            if (n > 3) asap(e);\n            else e.Trigger();\n        }")]
    [InlineData("$$twait(e =>\n        {\n            Use(n);\n            asap(e);\n        });", "using (twait())\n        {\n            Use(n);\n            asap(mkevent());\n        }")]
    [InlineData("int e = 1;\n        $$twait(e => Two(e, e));\n        Use(e);", "int e = 1;\n        using (twait()) { var e2 = mkevent(); Two(e2, e2); }\n        Use(e);")]
    [InlineData("$$twait(e => Two(e, e));\n        int e = 1;\n        Use(e);", "using (twait()) { var e2 = mkevent(); Two(e2, e2); }\n        int e = 1;\n        Use(e);")]
    [InlineData("int e = 1;\n        $$twait(e => asap(e));\n        Use(e);", "int e = 1;\n        using (twait()) asap(mkevent());\n        Use(e);")]
    [InlineData("$$twait(e => Task.Run(() => e.Trigger()));", "using (twait()) { var e = mkevent(); Task.Run(() => e.Trigger()); }")]
    [InlineData("$$twait(e => { Func<int> f = () => { int n = 1; return n; }; Two(e, e); });", "using (twait()) { var e = mkevent(); Func<int> f = () => { int n = 1; return n; }; Two(e, e); }")]
    [InlineData("$$twait(e => { e = e.WithTimeout(TimeSpan.FromSeconds(1)); asap(e); });", "using (twait()) { var e = mkevent(); e = e.WithTimeout(TimeSpan.FromSeconds(1)); asap(e); }")]
    [InlineData("$$twait(@event => Two(@event, @event));", "using (twait()) { var @event = mkevent(); Two(@event, @event); }")]
    [InlineData("$$twait(e => Use(nameof(e)));", "using (twait()) { var e = mkevent(); Use(nameof(e)); }")]
    [InlineData("if (n > 3) $$twait(e => asap(e));\n        else Use(n);", "if (n > 3) using (twait()) asap(mkevent());\n        else Use(n);")]
    [InlineData("$$twait(Later(), out var a);\n        Use(a);", "int a;\n        using (twait()) Later().Trigger(mkevent(out a));\n        Use(a);")]
    [InlineData("$$twait(Text(), out var a);\n        Use(a);", "string? a;\n        using (twait()) Text().Trigger(mkevent(out a));\n        Use(a);")]
    [InlineData("$$twait(n > 3 ? Task.FromResult(1) : Later());", "using (twait()) (n > 3 ? Task.FromResult(1) : Later()).Trigger(mkevent());")]
    [InlineData("$$twait(new ValueTask<int>(3));", "using (twait()) (new ValueTask<int>(3)).Trigger(mkevent(out int _));")]
    [InlineData("$$twait(new ValueTask(Later()));", "using (twait()) (new ValueTask(Later())).Trigger(mkevent());")]
    [InlineData("$$twait(Later(), out _);", "using (twait()) Later().Trigger(mkevent(out int _));")]
    [InlineData("$$twait(e => Maybe(e), out string? a);\n        Use(a);", "string? a;\n        using (twait()) Maybe(mkevent(out a));\n        Use(a);")]
    [InlineData("$$twait(e => { Use(e.IsPending); Maybe(e); }, out string? a);\n        Use(a);", "string? a;\n        using (twait()) { Event<string?> e = mkevent(out a); Use(e.IsPending); Maybe(e); }\n        Use(a);")]
    [InlineData("$$twait((Event<string?> e) => { Use(e.IsPending); Maybe(e); }, out var a);\n        Use(a);", "string? a;\n        using (twait()) { Event<string?> e = mkevent(out a); Use(e.IsPending); Maybe(e); }\n        Use(a);")]
    [InlineData("$$twait(e => { if (n > 3) e.Trigger(null); else Maybe(e); }, out string? a);\n        Use(a);", "string? a;\n        using (twait()) { Event<string?> e = mkevent(out a); if (n > 3) e.Trigger(null); else Maybe(e); }\n        Use(a);")]
    [InlineData("$$twait(e => { Use(e.IsPending); Sure(e); }, out string? a);\n        Use(a.Length);", "string? a;\n        using (twait()) { var e = mkevent(out a); Use(e.IsPending); Sure(e); }\n        Use(a.Length);")]
    [InlineData("$$twait(Text(), out string a);\n        Use(a.Length);", "string a;\n        using (twait()) Text().Trigger(mkevent(out a));\n        Use(a.Length);")]
    [InlineData("$$twait(MaybeText(), out var a);\n        Use(a);", "string? a;\n        using (twait()) MaybeText().Trigger(mkevent(out a));\n        Use(a);")]
    public async Task A_statement_becomes_a_block(string before, string after) => Assert.Equal(Body(after), await Text(before));

    [Theory]
    [InlineData("$$twait(e => { if (n > 3) { e.Trigger(); return; } asap(e); });")]
    [InlineData("$$twait(e => { again: if (n++ < 3) goto again; asap(e); });")]
    [InlineData("$$twait(e => throw new InvalidOperationException());")]
    [InlineData("$$twait(e => Use(n));")]
    [InlineData("int x = 1; $$twait(e => { int x = 2; Use(x); asap(e); }); Use(x);")]
    [InlineData("$$twait(e => { int x = 2; Use(x); asap(e); }); int x = 1; Use(x);")]
    [InlineData("$$twait(e => { foreach (var n in numbers) Use(n); asap(e); });")]
    [InlineData("$$twait(e => { if (box is { a: var done }) Use(done); asap(e); });")]
    [InlineData("$$twait(delegate { Use(n); });")]
    [InlineData("if (n > 3) $$twait(e => One(e), out int a);")]
    [InlineData("$$twait(Task.FromResult(new { A = 1 }), out var a); Use(a);")]
    [InlineData("$$twait(Tried(out var made)); Use(made);")]
    [InlineData("$$twait(value: out n, start: e => One(e));")]
    [InlineData("var r = new Rendezvous(); asap(mkevent(r)); $$twait(r);")]
    [InlineData("twait(e => $$asap(e));")]
    [InlineData("$$Use(n);")]
    public async Task A_statement_that_means_something_else_in_a_block_stays(string code) => Assert.Empty(await Offered(code));

    [Theory]
    [InlineData("using ($$twait()) asap(mkevent());")]
    [InlineData("int a;\n        using ($$twait()) One(mkevent(out a));\n        Use(a);")]
    [InlineData("int a;\n        using ($$twait()) Later().Trigger(mkevent(out a));\n        Use(a);")]
    public async Task A_block_that_became_a_statement_becomes_the_same_block_again(string code) =>
        Assert.Equal(Body(code.Replace("$$", "", StringComparison.Ordinal)), await Text((await Text(code)).Replace("twait(", "$$twait(", StringComparison.Ordinal)));

    [Fact]
    public async Task Both_forms_of_each_wait_do_the_same()
    {
        const string Before = """
            public static partial class Main
            {
                public static Task Drive() => EventLoop.Current!.InvokeAsync(done => Run([1, 2, 3], done));

                [Tamed] public static partial void Run(int[] numbers, Event done);

                private static void RunBody(int[] numbers, Event done)
                {
                    var e = 0;
                    using (twait()) Later(7).Trigger(mkevent(out e));
                    Say(e);
                    var i = 0;
                    while (i < 2)
                    {
                        using (twait()) After(Side(i) + 10, mkevent(out numbers[i++]));
                        Func<int> late = () => e + i;
                        using (twait()) After(late(), mkevent(out e));
                        Say(e);
                    }

                    try
                    {
                        using (twait()) Fails<int>("bad").Trigger(mkevent(out e));
                    }
                    catch (InvalidOperationException error)
                    {
                        using (twait()) asap(mkevent());
                        Say(error.Message);
                    }

                    Say(string.Join(" ", numbers));
                    done.Trigger();
                }

                private static void After(int value, Event<int> e) => asap(e.Bind(value));
            }
            """;
        var document = Refactored.Document(Before);
        var statements = await All(document, "Write the wait as one statement", Before);
        Assert.Equal(1, statements.Blocks);     // if an operand has an effect before the value is located
        var blocks = await All(statements.Document, "Write the wait as a block", Before);
        Assert.Equal(5, blocks.Blocks);
        Assert.Equal(await Trace(document), await Trace(statements.Document));
        Assert.Equal(await Trace(document), await Trace(blocks.Document));
    }

    /// <summary>A document after an action was applied everywhere it is offered.</summary>
    private static async Task<(Document Document, int Blocks)> All(Document document, string title, string code)
    {
        for (var position = 0; position < (await Mended.Text(document)).Length; position++)
        {
            if ((await Mended.Text(document)).IndexOf("twait(", position, StringComparison.Ordinal) is var next && next < 0) break;
            position = next;
            if ((await Offered(document, new TextSpan(position, 0))).SingleOrDefault(action => action.Title == title) is { } action) document = await Mended.Changed(document, action);
        }

        Assert.NotEqual(code, await Mended.Text(document));
        return (document, (await Mended.Text(document)).Split("using (twait())").Length - 1);
    }

    private static async Task<string> Trace(Document document)
    {
        var output = Compiled.Generate((CSharpCompilation)(await document.Project.GetCompilationAsync(TestContext.Current.CancellationToken))!).Output;
        Assert.Empty(Compiled.Problems(output));
        return Refactored.Traced(output);
    }

    /// <summary>
    /// The text after the only action that is offered. Both the original and the result compile, without another compiler warning or TAME diagnostic.
    /// </summary>
    private static async Task<string> Text(string code)
    {
        var document = await Documented(code);
        var reported = (await Mended.Reported(document.Document)).Select(diagnostic => diagnostic.Id);
        var changed = await Mended.Changed(document.Document, Assert.Single(await Offered(document.Document, document.Span)));
        Assert.Empty(Compiled.Problems(Compiled.Generate((CSharpCompilation)(await changed.Project.GetCompilationAsync(TestContext.Current.CancellationToken))!).Output));
        Assert.Empty((await Mended.Reported(changed)).Select(diagnostic => diagnostic.Id).Except(reported));
        Assert.Empty((await Mended.Warnings(changed)).Except(await Mended.Warnings(document.Document)));
        return (await Mended.Text(changed)).ReplaceLineEndings("\n");
    }

    private static async Task<List<CodeAction>> Offered(string code)
    {
        var (document, span) = await Documented(code);
        return await Offered(document, span);
    }

    private static async Task<List<CodeAction>> Offered(Document document, TextSpan span)
    {
        var actions = new List<CodeAction>();
        await new WaitFormRefactoring().ComputeRefactoringsAsync(new CodeRefactoringContext(document, span, actions.Add, CancellationToken.None));
        return actions;
    }

    private static async Task<(Document Document, TextSpan Span)> Documented(string code, string? error = null)
    {
        var text = code.StartsWith("public static", StringComparison.Ordinal) ? code : Body(code);
        var span = new TextSpan(text.IndexOf("$$", StringComparison.Ordinal), 0);
        var document = Mended.Document(text.Remove(span.Start, 2));
        var problems = Compiled.Problems(Compiled.Generate((CSharpCompilation)(await document.Project.GetCompilationAsync(TestContext.Current.CancellationToken))!).Output);
        Assert.All(problems, problem => Assert.Equal(error, problem.Id));
        return (document, span);
    }

    private static string Body(string statements) => $$"""
        public static partial class Sample
        {
            public class Box { public int a; public void Start(Event e) => e.Trigger(); }
            public static int s_number;
            private static void Both(Event<int, List<string>> e) => e.Trigger(1, []);
            private static void One(Event<int> e) => e.Trigger(1);
            private static void Two(Event a, Event b) => asap(a + b);
            private static void From(int n, Event<int> e) => e.Trigger(n);
            private static void Behind(Event<int> e, int n) => e.Trigger(n);
            private static Task Tried(out int made) { made = 1; return Task.CompletedTask; }
            private static bool Asap(Event e) => e.Trigger();
            private static Task<int> Later() => Task.FromResult(1);
            private static Task<string> Text() => Task.FromResult("a");
            private static Task<string?> MaybeText() => Task.FromResult<string?>(null);
            private static void Maybe(Event<string?> e) => e.Trigger(null);
            private static void Sure(Event<string> e) => e.Trigger("a");
            private static int Number() => 1;
            private static void Use(object? o) { }
            [Tamed] public static partial void Run(int n, int[] numbers, Box box, Event done);

            private static void RunBody(int n, int[] numbers, Box box, Event done)
            {
                {{statements}}
                done.Trigger();
            }
        }
        """;
}

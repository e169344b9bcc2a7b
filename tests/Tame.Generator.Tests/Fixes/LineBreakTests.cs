using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.Text;
using Tame.CodeFixes;
using Tame.CodeFixes.WaitForms;
using Tame.Generator.Tests.Fixes.AsyncToTamed;

namespace Tame.Generator.Tests.Fixes;

/// <summary>Fixes and refactorings write the line breaks of the document, whichever the editor itself writes.</summary>
public sealed class LineBreakTests
{
    private const string Crlf = "\r\n", Lf = "\n";

    public static TheoryData<string, string> Breaks => new() { { Crlf, Lf }, { Crlf, Crlf }, { Lf, Crlf }, { Lf, Lf } };

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task Async_to_tamed(string document, string editor)
    {
        foreach (var code in AsyncMethods)
            AssertBreaks(document, await Refactored.Text(code.ReplaceLineEndings(document), with => With(with, editor)));
    }

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task Block_to_statement_and_back(string document, string editor)
    {
        foreach (var code in Waits)
        {
            var text = Body(code).ReplaceLineEndings(document);
            var span = new TextSpan(text.IndexOf("$$", StringComparison.Ordinal), 0);
            var actions = new List<CodeAction>();
            var edited = With(Mended.Document(text.Remove(span.Start, 2)), editor);
            await new WaitFormRefactoring().ComputeRefactoringsAsync(new CodeRefactoringContext(edited, span, actions.Add, CancellationToken.None));
            AssertBreaks(document, await Mended.Text(await Mended.Changed(edited, Assert.Single(actions))));
        }
    }

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task Fixes(string document, string editor)
    {
        foreach (var (fix, code) in Reported)
            AssertBreaks(document, await Mended.One(fix, (code.StartsWith("public", StringComparison.Ordinal) ? code : Body(code)).ReplaceLineEndings(document), with => With(with, editor)));
    }

    private static string[] AsyncMethods =>
    [
        """
        public static class Sample
        {
            /// <summary>Loads a page.</summary>
            /// <param name="url">Where it is.</param>
            /// <returns>Its length.</returns>
            public static async Task<int> LoadAsync(string url, HttpClient client, int times = 1)
            {
                if (url.Length == 0) return 0;
                int a = 1, b = await Later(a), c = b;
                using var resource = new Resource("r");
                await Task.Delay(100);
                while (await Later(times) > 3)
                    times--;
                try
                {
                    if (await Later(c) > 2) return (await client.GetStringAsync(url).ConfigureAwait(false)).Length;
                }
                finally
                {
                    Say("end");
                }

                return b;
            }
        }
        """,
        """
        public interface ILoader { Task<int> LoadAsync(int number); }

        public class Sample : ILoader
        {
            public async Task<int> LoadAsync(int number) => await Later(number) + await Later(2);
        }
        """,
    ];

    private static string[] Waits =>
    [
        "using ($$twait()) asap(mkevent());",
        "int a;\n        using (twait()$$) // why\n        {\n            // when\n            One(mkevent(out a));\n        }\n        Use(a);",
        "$$twait(e => One(e), out int a);\n        Use(a);",
        "$$twait((Event<int, string> e) => Two(e), out var a, out var b);\n        Use(a);",
        "$$twait(e =>\n        {\n            // soon\n            if (n > 3) asap(e);\n            else e.Trigger();\n        });",
        "$$twait(e =>\n        {\n            Use(n);\n            asap(e);\n        });",
        "$$twait(Task.FromResult(n), out var a);\n        Use(a);",
    ];

    private static (CodeFixProvider Fix, string Code)[] Reported =>
    [
        (new BlockInsteadFix(), "twait(e =>\n        {\n            One(e);\n            twait(e2 => asap(e2));\n        }, out int x);"),
        (new StatementInsteadFix(), "using (twait())\n        {\n            One(mkevent(out int x)); // one\n        }\n        Use(x);"),
        (new UsingTwaitFix(), "twait();\n        asap(mkevent());"),
        (new UsingTwaitFix(), "twait();\n        {\n            asap(mkevent());\n        }"),
        (new WaitInsteadFix(), "Thread.Sleep(3);\n        Use(n);"),
        (new WaitInsteadFix(), "long x = Task.Delay(1).ContinueWith(_ => 1).Result;\n        Use(x);"),
        (new WrapInBlockFix(), "One(mkevent(out n));"),
        (new RemoveBlockFix(), "using (twait())\n        {\n            Use(n);\n        }"),
        (new SlotTypeFix(), "using (twait())\n            One(mkevent(out var x));"),
        (new WriteBodyFix(), "public static partial class Sample\n{\n    [Tamed] public static partial void Greet<T>(T name, Event done) where T : class;\n}\n"),
        (new WriteDeclarationFix(), "public static partial class Sample\n{\n    private static void GreetBody(Event done)\n    {\n        using (twait()) asap(mkevent());\n    }\n}\n"),
        (new SplitPairFix(), "public static partial class Sample\n{\n    [Tamed] private static void Greet(Event done)\n    {\n        done.Trigger();\n    }\n}\n"),
    ];

    /// <summary>The document in a project whose editor writes these line breaks.</summary>
    private static Document With(Document document, string lineBreak)
    {
        var config = $"is_global = true\nend_of_line = {(lineBreak == Crlf ? "crlf" : "lf")}\n";
        return document.Project.AddAnalyzerConfigDocument("Editor.globalconfig", SourceText.From(config), filePath: "/Editor.globalconfig").Project.GetDocument(document.Id)!;
    }

    private static void AssertBreaks(string wanted, string text)
    {
        var lines = text.Split('\n');
        Assert.True(lines.Length > 3);
        Assert.All(lines[..^1], line => Assert.True(line.EndsWith('\r') == (wanted == Crlf), $"«{line}»"));
    }

    private static string Body(string statements) => $$"""
        public static partial class Sample
        {
            private static void One(Event<int> e) => e.Trigger(1);
            private static void Two(Event<int, string> e) => e.Trigger(1, "");
            private static void Use(object? o) { }
            [Tamed] public static partial void Run(int n, Event done);

            private static void RunBody(int n, Event done)
            {
                {{statements}}
                done.Trigger();
            }
        }
        """;
}

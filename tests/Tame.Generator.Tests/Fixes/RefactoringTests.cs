using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.CodeFixes;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Fixes;

/// <summary>An async method becomes a tamed pair.</summary>
public sealed class RefactoringTests
{
    [Fact]
    public async Task Each_await_becomes_a_wait_and_each_return_a_trigger() => Assert.Equal(
        """
        public static partial class Sample
        {
            [Tamed]
            public static partial void Load(string url, HttpClient client, Event<int> done);

            // how long the page is
            private static void LoadBody(string url, HttpClient client, Event<int> done)
            {
                if (url.Length == 0)
                {
                    done.Trigger(0);
                    return;
                }

                using (twait()) timer(TimeSpan.FromMilliseconds(100), mkevent());
                string page;
                using (twait()) client.GetStringAsync(url).Trigger(mkevent(out page));
                page = page.Trim();
                using (twait()) client.GetStringAsync(page).Trigger(mkevent(out page));
                done.Trigger(page.Length);
            }
        }
        """,
        await Refactored("""
        public static class Sample
        {
            // how long the page is
            public static async Task<int> LoadAsync(string url, HttpClient client)
            {
                if (url.Length == 0) return 0;
                await Task.Delay(100);
                var page = await client.GetStringAsync(url).ConfigureAwait(false);
                page = page.Trim();
                page = await client.GetStringAsync(page);
                return page.Length;
            }
        }
        """));

    [Fact]
    public async Task A_method_without_a_result_triggers_at_its_end() => Assert.Equal(
        """
        public partial class Sample
        {
            [Tamed]
            private partial void Pause(int times, Event done);

            private void PauseBody(int times, Event done)
            {
                for (int i = 0; i < times; i++)
                {
                    try
                    {
                        using (twait()) timer(TimeSpan.FromSeconds(1), mkevent());
                        if (i == 7)
                        {
                            done.Trigger();
                            return;
                        }
                    }
                    finally
                    {
                        using (twait()) Task.Run(() => { }).Trigger(mkevent());
                    }
                }
                done.Trigger();
            }
        }
        """,
        await Refactored("""
        public class Sample
        {
            async Task Pause(int times)
            {
                for (int i = 0; i < times; i++)
                {
                    try
                    {
                        await Task.Delay(TimeSpan.FromSeconds(1));
                        if (i == 7) return;
                    }
                    finally
                    {
                        await Task.Run(() => { });
                    }
                }
            }
        }
        """));

    [Theory]
    [InlineData("async Task<int> M() => await Task.FromResult(1);")]
    [InlineData("async Task<int> M() { return 1 + await Task.FromResult(1); }")]
    [InlineData("async Task M() { await foreach (var x in All()) { } } IAsyncEnumerable<int> All() => throw new Exception();")]
    [InlineData("async Task M() { await Task.Yield(); }")]
    [InlineData("async Task M(int done) { await Task.Delay(done); }")]
    [InlineData("async void M() { await Task.Delay(1); }")]
    [InlineData("Task M() { return Task.Delay(1); }")]
    [InlineData("async Task M() { if (await Task.FromResult(true)) return; }")]
    [InlineData("int P { get; set; } async Task M() { P = await Task.FromResult(1); }")]
    public async Task What_has_no_such_form_is_not_offered(string member) => Assert.Empty(await Offered(Mended.Document($"public class Sample {{ {member} }}")));

    private static async Task<string> Refactored(string code)
    {
        var document = Mended.Document(code);
        var changed = await Mended.Changed(document, Assert.Single(await Offered(document)));
        var compilation = (CSharpCompilation)(await changed.Project.GetCompilationAsync())!;
        Assert.Empty(await Compiled.Analyze(compilation));
        Assert.Empty(Compiled.Problems(Compiled.Generate(compilation).Output));
        return (await Mended.Text(changed)).ReplaceLineEndings("\n");
    }

    private static async Task<List<CodeAction>> Offered(Document document)
    {
        var root = await document.GetSyntaxRootAsync();
        var actions = new List<CodeAction>();
        foreach (var method in root!.DescendantNodes().OfType<MethodDeclarationSyntax>())
            await new TameAsyncRefactoring().ComputeRefactoringsAsync(new CodeRefactoringContext(document, method.Identifier.Span, actions.Add, CancellationToken.None));
        return actions;
    }
}

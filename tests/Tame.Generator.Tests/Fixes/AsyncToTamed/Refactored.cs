using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.CodeFixes;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Fixes.AsyncToTamed;

/// <summary>A program before and after the refactoring of its only async method whose name does not begin with "Drive".</summary>
internal static class Refactored
{
    /// <summary>The building blocks of the programs. Each operation traces when it starts and when it ends.</summary>
    private const string Operations = """
        using static Operations;

        public static class Operations
        {
            public static List<string> Trace { get; } = [];
            public static void Say(object? word) => Trace.Add(word?.ToString() ?? "null");
            public static T Side<T>(T value) { Say($"side {value}"); return value; }
            public static async Task Pause() => await Task.Yield();
            public static async Task<T> Later<T>(T value) { Say($"start {value}"); await Task.Yield(); Say($"end {value}"); return value; }
            public static Task<T> Now<T>(T value) => Task.FromResult(value);
            public static async ValueTask<T> Value<T>(T value) { await Task.Yield(); return value; }
            public static async Task<T> Fails<T>(string message) { await Task.Yield(); throw new InvalidOperationException(message); }
            public static Task<bool> Try(int number, out int next) { next = number + 1; return Task.FromResult(number > 1); }
        }

        public sealed class Resource(string name) : IDisposable { public string Name => name; public void Dispose() => Say("dispose " + name); }
        """;

    /// <summary>
    /// The text after the refactoring. It compiles without a new compiler warning or TAME diagnostic, and <c>Main.Drive</c>, if it exists, traces the same as
    /// before.
    /// </summary>
    public static async Task<string> Text(string program, Func<Document, Document>? with = null)
    {
        var document = with?.Invoke(Document(program)) ?? Document(program);
        var before = await Compilation(document);
        Assert.Empty(Compiled.Problems(before));
        var changed = await Mended.Changed(document, Assert.Single(await Offered(document)));
        var after = await Compilation(changed);
        Assert.Empty(await Compiled.Analyze(after));
        var output = Compiled.Generate(after).Output;
        // The suppressor suppresses CS8620 at a slot that admits null.
        Assert.Empty(Compiled.Problems(output, DiagnosticSeverity.Warning).Select(d => d.Id).Except(Compiled.Problems(before, DiagnosticSeverity.Warning).Select(d => d.Id).Append("CS8620")));
        if (program.Contains("Drive()", StringComparison.Ordinal))
            Assert.Equal(Traced(before), Traced(output));
        var text = await Mended.Text(changed);
        Assert.Equal(program.Contains('\r', StringComparison.Ordinal), text.Contains('\r', StringComparison.Ordinal));
        return text;
    }

    /// <summary>What the refactoring offers for the methods of a program.</summary>
    public static async Task<List<CodeAction>> Offered(string program)
    {
        var document = Document(program);
        Assert.Empty(Compiled.Problems(await Compilation(document)));
        return await Offered(document);
    }

    public static async Task<List<CodeAction>> Offered(Document document)
    {
        var root = await document.GetSyntaxRootAsync();
        var actions = new List<CodeAction>();
        foreach (var method in root!.DescendantNodes().OfType<MethodDeclarationSyntax>().Where(method => method.Modifiers.Any(SyntaxKind.AsyncKeyword) && !method.Identifier.ValueText.StartsWith("Drive", StringComparison.Ordinal)))
            await new TameAsyncRefactoring().ComputeRefactoringsAsync(new CodeRefactoringContext(document, method.Identifier.Span, actions.Add, CancellationToken.None));
        return actions;
    }

    public static Document Document(string program) => Mended.Document("using static Operations;" + (program.Contains('\r', StringComparison.Ordinal) ? "\r\n" : "\n") + program).Project.AddDocument("Operations.cs", Operations).Project.Documents.Single(document => document.Name == "Edited.cs");

    private static async Task<CSharpCompilation> Compilation(Document document) => (CSharpCompilation)(await document.Project.GetCompilationAsync())!;

    /// <summary>The trace of a program's operations when it runs.</summary>
    public static string Traced(Compilation program)
    {
        using var image = new MemoryStream();
        Assert.Empty(program.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error));
        image.Position = 0;
        var context = new AssemblyLoadContext(nameof(Refactored), isCollectible: true);
        var assembly = context.LoadFromStream(image);
        var drive = assembly.GetType("Main")!.GetMethod("Drive", BindingFlags.Public | BindingFlags.Static)!.CreateDelegate<Func<Task>>();
        EventLoop.Run(done => drive().Trigger(done));
        var trace = (List<string>)assembly.GetType("Operations")!.GetProperty("Trace")!.GetValue(null)!;
        context.Unload();
        Assert.NotEmpty(trace);
        return string.Join("\n", trace);
    }
}

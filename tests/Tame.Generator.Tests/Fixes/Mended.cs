using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Tame.Generator.Analysis;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Fixes;

/// <summary>A document in a workspace, as in an editor, with a fix applied to what the analyzer reports in it.</summary>
internal static class Mended
{
    /// <summary>The text after the fix of the first report, which then must be gone. The rest must not change.</summary>
    public static async Task<string> One(CodeFixProvider fix, string code, Func<Document, Document>? with = null)
    {
        var document = with?.Invoke(Document(code)) ?? Document(code);
        var reported = await Reported(document, fix);
        Assert.NotEmpty(reported);
        var changed = await Changed(document, Assert.Single(await Actions(fix, document, reported[0])));
        Assert.Equal(reported.Count - 1, (await Reported(changed, fix)).Count);
        return await Text(changed);
    }

    /// <summary>The text after all reports were fixed at once. The result compiles.</summary>
    public static async Task<string> All(CodeFixProvider fix, string code)
    {
        var document = Document(code);
        var reported = await Reported(document, fix);
        Assert.True(reported.Count > 1, "there is but one report");
        var first = Assert.Single(await Actions(fix, document, reported[0]));
        var provider = new Provider(reported);
        var context = new FixAllContext(document, fix, FixAllScope.Document, first.EquivalenceKey!, fix.FixableDiagnosticIds, provider, CancellationToken.None);
        var action = await fix.GetFixAllProvider()!.GetFixAsync(context);
        var changed = await Changed(document, action!);
        Assert.Empty(await Reported(changed, fix));
        return await Text(changed);
    }

    /// <summary>Whether the fix offers nothing for what is reported.</summary>
    public static async Task<bool> Offers(CodeFixProvider fix, string code)
    {
        var document = Document(code);
        var reported = await Reported(document, fix);
        Assert.NotEmpty(reported);
        return (await Actions(fix, document, reported[0])).Count > 0;
    }

    /// <param name="code">The text of the document.</param>
    /// <param name="isGenerated">The generator runs in the project, and its output is among the project's documents.</param>
    public static Document Document(string code, bool isGenerated = false)
    {
        var model = Compiled.Compilation("");
        var workspace = new AdhocWorkspace();
        var project = workspace.AddProject(ProjectInfo.Create(ProjectId.CreateNewId(), VersionStamp.Default, "Sample", "Sample", LanguageNames.CSharp,
            compilationOptions: model.Options, parseOptions: model.SyntaxTrees.First().Options, metadataReferences: model.References, analyzerReferences: isGenerated ? [new AnalyzerFileReference(typeof(TamedGenerator).Assembly.Location, new Loader())] : []));
        foreach (var tree in model.SyntaxTrees.Where(tree => tree.Length > 0))
            project = project.AddDocument(tree.FilePath, tree.GetText()).Project;
        return project.AddDocument("Edited.cs", SourceText.From(code, System.Text.Encoding.UTF8));
    }

    public static async Task<string> Text(Document document) => (await document.GetTextAsync()).ToString();

    public static async Task<Document> Changed(Document document, CodeAction action)
    {
        var operations = await action.GetOperationsAsync(CancellationToken.None);
        return Assert.Single(operations.OfType<ApplyChangesOperation>()).ChangedSolution.GetDocument(document.Id)!;
    }

    /// <summary>All that is reported in a document, in the project without generated documents.</summary>
    public static async Task<IReadOnlyList<Diagnostic>> Reported(Document document)
    {
        var compilation = (Microsoft.CodeAnalysis.CSharp.CSharpCompilation)(await document.Project.WithAnalyzerReferences([]).GetCompilationAsync())!;
        var tree = await document.GetSyntaxTreeAsync();
        return [.. (await Compiled.Analyze(compilation)).Where(d => d.Location.SourceTree == tree)];
    }

    /// <summary>The ids of the compiler's warnings in a document that Tame's suppressor does not suppress.</summary>
    public static async Task<IReadOnlyList<string>> Warnings(Document document)
    {
        var compilation = (Microsoft.CodeAnalysis.CSharp.CSharpCompilation)(await document.Project.WithAnalyzerReferences([]).GetCompilationAsync())!;
        var tree = await document.GetSyntaxTreeAsync();
        var analyzed = Compiled.Generate(compilation).Output.WithAnalyzers([new SlotNullabilitySuppressor()]);
        return [.. (await analyzed.GetAllDiagnosticsAsync()).Where(d => d is { Severity: DiagnosticSeverity.Warning, IsSuppressed: false } && d.Location.SourceTree == tree).Select(d => d.Id)];
    }

    /// <summary>The reports that a fix handles, from the analyzer or from the compiler, which may report several arguments of a call.</summary>
    private static async Task<IReadOnlyList<Diagnostic>> Reported(Document document, CodeFixProvider fix)
    {
        var tree = await document.GetSyntaxTreeAsync();
        var compiler = (await document.Project.WithAnalyzerReferences([]).GetCompilationAsync())!.GetDiagnostics().Where(d => d.Location.SourceTree == tree)
            .Where(d => fix.FixableDiagnosticIds.Contains(d.Id)).DistinctBy(d => d.Location.GetLineSpan().StartLinePosition.Line);
        return [.. (await Reported(document)).Concat(compiler).Where(d => fix.FixableDiagnosticIds.Contains(d.Id))];
    }

    private static async Task<List<CodeAction>> Actions(CodeFixProvider fix, Document document, Diagnostic diagnostic)
    {
        var actions = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        return actions;
    }

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public System.Reflection.Assembly LoadFromPath(string fullPath) => typeof(TamedGenerator).Assembly;
    }

    private sealed class Provider(IReadOnlyList<Diagnostic> reported) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>(reported);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>(reported);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}

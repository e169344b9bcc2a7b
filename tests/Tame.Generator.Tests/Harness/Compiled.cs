using System.Collections.Immutable;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Tame.Generator.Analysis;

namespace Tame.Generator.Tests.Harness;

/// <summary>Compiles sources against the runtime as a user's project would, with the generator or the analyzer on.</summary>
internal static class Compiled
{
    private const string GlobalUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http; "
        + "global using System.Threading; global using System.Threading.Tasks; global using Tame; global using static Tame.Primitives;";

    private static readonly MetadataReference s_runtime = MetadataReference.CreateFromFile(typeof(TamedAttribute).Assembly.Location);

    public static CSharpParseOptions ParseOptions { get; } =
        new CSharpParseOptions(LanguageVersion.Preview).WithFeatures([new("InterceptorsNamespaces", OtherGenerator.Namespace)]);

    public static CSharpCompilation Compilation(params string[] sources) => CSharpCompilation.Create(
        "Sample",
        [Tree(GlobalUsings, "GlobalUsings.cs"), .. sources.Select((source, i) => Tree(source, PathOf(i)))],
        [.. Net100.References.All, s_runtime],
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>The path of a source in the compilation, by its index among the sources.</summary>
    public static string PathOf(int index) => index == 0 ? "Sample.cs" : $"Sample{index + 1}.cs";

    public static SyntaxTree Tree(string source, string path) => CSharpSyntaxTree.ParseText(SourceText.From(source, System.Text.Encoding.UTF8), ParseOptions, path);

    public static GeneratorDriver Driver(TamedGenerator? generator = null) => CSharpGeneratorDriver.Create(
        [(generator ?? new TamedGenerator()).AsSourceGenerator()],
        parseOptions: ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>The generated files in order of their names, and the compilation that includes them.</summary>
    public static (ImmutableArray<GeneratedSourceResult> Files, Compilation Output) Generate(CSharpCompilation compilation)
    {
        var driver = Driver().RunGeneratorsAndUpdateCompilation(compilation, out var output, out _);
        var result = driver.GetRunResult().Results.Single();
        if (result.Exception is { } exception) throw new InvalidOperationException("The generator threw.", exception);
        return ([.. result.GeneratedSources.Where(f => !IsRefusal(f)).OrderBy(f => f.HintName, StringComparer.Ordinal)], output);
    }

    /// <summary>The replacement for a method with a TAME error: only the compiler's error at it counts.</summary>
    private static bool IsRefusal(GeneratedSourceResult file) => file.SourceText.ToString().Contains("throw NotGenerated", StringComparison.Ordinal);

    /// <summary>The compiler's own diagnostics: errors always, warnings on request.</summary>
    public static IEnumerable<Diagnostic> Problems(Compilation compilation, DiagnosticSeverity atLeast = DiagnosticSeverity.Error) =>
        compilation.GetDiagnostics().Where(d => d.Severity >= atLeast);

    /// <summary>The analyzer's reports, in order of position.</summary>
    public static async Task<IReadOnlyList<Diagnostic>> Analyze(CSharpCompilation compilation)
    {
        var reported = await Analyze(compilation, new TamedAnalyzer());
        if (BoundAhead.Notes(compilation)) BoundAhead.AssertSame(reported, await Analyze(compilation, new TamedAnalyzer()));
        return reported;
    }

    /// <summary>Includes the rules that must be enabled.</summary>
    public static Task<IReadOnlyList<Diagnostic>> AnalyzeKept(CSharpCompilation compilation) => AnalyzeAsked("TAME080", compilation, new KeptAnalyzer());

    public static Task<IReadOnlyList<Diagnostic>> AnalyzeNesting(CSharpCompilation compilation) => AnalyzeAsked("TAME081", compilation, new NestingAnalyzer());

    private static Task<IReadOnlyList<Diagnostic>> AnalyzeAsked(string rule, CSharpCompilation compilation, DiagnosticAnalyzer analyzer) =>
        Analyze(compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions([KeyValuePair.Create(rule, ReportDiagnostic.Info)])), analyzer);

    public static async Task<IReadOnlyList<Diagnostic>> Analyze(CSharpCompilation compilation, DiagnosticAnalyzer analyzer)
    {
        var analyzed = Generate(compilation).Output.WithAnalyzers([analyzer]);
        var diagnostics = await analyzed.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return [.. diagnostics.OrderBy(d => d.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(d => d.Location.SourceSpan.Start)];
    }
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Tame.Generator.Analysis;
using Tame.Generator.Binding;
using Tame.Generator.Emission;
using Tame.Generator.Lowering;

namespace Tame.Generator.Tests.Harness;

/// <summary>A generator with one stage that fails on some methods: usually those whose names begin with <c>Broken</c>.</summary>
internal static class Faulty
{
    public const string Message = "Nobody\nexpects this.";

    public static TamedGenerator Generator(string stage) => new(stage switch
    {
        Binder.Stage => Stages.All with { Bind = Bind },
        Lowerer.Stage => Lowering(IsBroken),
        Emitter.Stage => Stages.All with { Emit = machine => IsBroken(machine.Method.Name) ? throw Exception() : Emitter.Emit(machine) },
        _ => throw new ArgumentOutOfRangeException(nameof(stage)),
    });

    /// <summary>The reports of a generator that fails in lowering the methods with one name.</summary>
    public static IReadOnlyList<Diagnostic> Reports(string name, CSharpCompilation compilation) => Run(new TamedGenerator(Lowering(other => other == name)), compilation).Reported;

    private static Stages Lowering(Func<string, bool> isBroken) => Stages.All with { Lower = method => isBroken(method.Name) ? throw Exception() : Lowerer.Lower(method) };

    public static BindResult Bind(IMethodSymbol declaration, Microsoft.CodeAnalysis.CSharp.Syntax.MethodDeclarationSyntax syntax, AttributeData attribute, Compilation compilation, CancellationToken cancellation) =>
        IsBroken(declaration.Name) ? throw Exception() : Binder.Bind(declaration, syntax, attribute, compilation, cancellation);

    /// <summary>The generator's own reports, its output, and the compilation that includes it.</summary>
    public static (ImmutableArray<Diagnostic> Reported, ImmutableArray<GeneratedSourceResult> Files, Compilation Output) Run(TamedGenerator generator, CSharpCompilation compilation)
    {
        var result = Compiled.Driver(generator).RunGeneratorsAndUpdateCompilation(compilation, out var output, out var reported).GetRunResult().Results.Single();
        Assert.Null(result.Exception);
        return (reported, [.. result.GeneratedSources.OrderBy(file => file.HintName, StringComparer.Ordinal)], output);
    }

    public static async Task<IReadOnlyList<Diagnostic>> Analyze(Compilation output, BindMethod bind) =>
        await output.WithAnalyzers([(DiagnosticAnalyzer)new TamedAnalyzer(bind)]).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

    private static bool IsBroken(string name) => name.StartsWith("Broken", StringComparison.Ordinal);

    private static InvalidCastException Exception() => new(Message);
}

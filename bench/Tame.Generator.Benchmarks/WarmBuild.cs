using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Tame.Generator.Analysis;

namespace Tame.Generator.Benchmarks;

/// <summary>
/// What the compiler server does in a build after an edit: a project of tamed methods with generator and analyzer, and one of async methods without. Everything
/// is parsed, bound and emitted anew; the compiler's own code has been compiled long ago.
/// </summary>
internal sealed class WarmBuild(int methods)
{
    /// <summary>Milliseconds that a build took, those of its parts, and how many characters the generator wrote.</summary>
    public readonly record struct Taken(double All, double Generator, double Analyzer, int Written);

    public Taken Tamed()
    {
        var clock = Stopwatch.StartNew();
        SampleProject.Driver().RunGeneratorsAndUpdateCompilation(SampleProject.Whole(methods, tamed: true), out var whole, out _);
        var generator = clock.Elapsed.TotalMilliseconds;
        var reported = whole.WithAnalyzers([new TamedAnalyzer()]).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
        if (!reported.IsEmpty) throw new InvalidOperationException($"The sample is not clean: {reported[0]}");
        var analyzer = clock.Elapsed.TotalMilliseconds - generator;
        Emit(whole);
        return new Taken(clock.Elapsed.TotalMilliseconds, generator, analyzer, whole.SyntaxTrees.Skip(methods / SampleProject.MethodsInFile + 1).Sum(tree => tree.Length));
    }

    public double Async()
    {
        var clock = Stopwatch.StartNew();
        Emit(SampleProject.Whole(methods, tamed: false));
        return clock.Elapsed.TotalMilliseconds;
    }

    private static void Emit(Compilation compilation)
    {
        using var image = new MemoryStream();
        using var symbols = new MemoryStream();
        var emitted = compilation.Emit(image, symbols);
        if (!emitted.Success) throw new InvalidOperationException($"The sample does not compile: {emitted.Diagnostics.First(d => d.Severity == DiagnosticSeverity.Error)}");
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Tame.Generator.Tests.Harness;

/// <summary>
/// Runs the analyzer and the generator on code, and compares all their diagnostics and those of the compiler with the specification of a rule.
/// </summary>
internal sealed class RuleUnderTest(string id)
{
    private const string Refused = "CS0619";

    /// <summary>Whether the mistake is outside all tamed methods, so that those are generated.</summary>
    public bool LiesOutside { get; init; }

    /// <summary>
    /// The analyzer reports this rule at each mark, in all files, and nothing else. For an error only a refusal is generated, so that the compiler also stops:
    /// at the refusal, unless <paramref name="compiler"/> names something else (a blank means nothing). For a warning it names the errors that the warning
    /// explains.
    /// </summary>
    public async Task<IReadOnlyList<string>> Reports(string code, string compiler = Refused) => await Reports([code], compiler);

    public async Task<IReadOnlyList<string>> Reports(string[] files, string compiler = Refused)
    {
        var sources = files.Select(code => Marked.Parse(Stage.Set(code))).ToList();
        Assert.Contains(sources, source => source.Places.Count > 0);
        var compilation = Compiled.Compilation([.. sources.Select(source => source.Text)]);
        var wanted = sources.SelectMany((source, file) => source.Places.Select(place => $"{id} {Compiled.PathOf(file)} {place} «{source.Text.Substring(place.Start, place.Length)}»"));
        var reported = await Analyze(compilation);
        if (!wanted.SequenceEqual(reported.Select(Where)))
            Assert.Fail(string.Join("\n", ["Wanted:", .. wanted, "Reported:", .. reported.Select(Where), "The compiler:", .. Compiled.Problems(compilation).Select(d => d.ToString())]));
        CheckGenerated(compilation, reported, compiler);
        return [.. reported.Select(d => d.GetMessage(null))];
    }

    /// <summary>The analyzer reports no TAME diagnostic, and the compiler accepts the generated code.</summary>
    public async Task LetsBe(params string[] files)
    {
        var compilation = Compiled.Compilation([.. files.Select(Stage.Set)]);
        Assert.Empty(await Analyze(compilation));
        var output = Compiled.Generate(compilation).Output;
        Assert.DoesNotContain(Compiled.Problems(output, DiagnosticSeverity.Warning), d => d.Severity == DiagnosticSeverity.Error || IsGenerated(d));
    }

    /// <summary>Bodies that show one kind of mistake may also contain mistakes that only their paths show. A test of another rule ignores those.</summary>
    private async Task<IReadOnlyList<Diagnostic>> Analyze(CSharpCompilation compilation) =>
        [.. (await Compiled.Analyze(compilation)).Where(d => IsOfPaths(id) || !IsOfPaths(d.Id))];

    private static bool IsOfPaths(string rule) => string.CompareOrdinal(rule, "TAME050") >= 0 && string.CompareOrdinal(rule, "TAME080") < 0;

    private void CheckGenerated(CSharpCompilation compilation, IReadOnlyList<Diagnostic> reported, string compiler)
    {
        var (generated, output) = Compiled.Generate(compilation);
        var problems = Compiled.Problems(output).Select(d => d.Id).Distinct().Order();
        if (reported.Any(d => d.Severity == DiagnosticSeverity.Error))
        {
            Assert.True(LiesOutside || generated.IsEmpty);
            Assert.Equal(compiler.Trim(), string.Join(" ", problems));
        }
        else
        {
            Assert.True(LiesOutside || !generated.IsEmpty);
            Assert.Equal(compiler == Refused ? "" : compiler, string.Join(" ", problems));
        }
    }

    private static string Where(Diagnostic diagnostic)
    {
        var (tree, span) = (diagnostic.Location.SourceTree, diagnostic.Location.SourceSpan);
        return tree is null ? diagnostic.ToString() : $"{diagnostic.Id} {tree.FilePath} {span} «{tree.ToString().Substring(span.Start, span.Length)}»";
    }

    private static bool IsGenerated(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true;
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Tame.Generator.Analysis;
using Tame.Generator.Model;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests;

/// <summary>Analyzer reports about a body that its declaration causes are suppressed, as warnings and as errors, and nothing else is.</summary>
public sealed class PairSuppressorTests
{
    private const string Code = """
        public partial class Sample
        {
            [Tamed] public partial void Greet(int unused, Event done);
            private void GreetBody(int unused, Event done)
            {
                void Local(int mine) { }
                Local(1);
                done.Trigger();
            }

            private void OtherBody(int alone) { }
        }
        """;

    [Theory]
    [InlineData(ReportDiagnostic.Default)]
    [InlineData(ReportDiagnostic.Error)]
    public async Task A_body_has_its_declarations_parameters_and_is_no_more_static(ReportDiagnostic treatment)
    {
        var compilation = Compiled.Compilation(Code);
        compilation = compilation.WithOptions(compilation.Options.WithGeneralDiagnosticOption(treatment));
        var analyzed = Compiled.Generate(compilation).Output.WithAnalyzers([new PairSuppressor(), new Complaints()]);
        var left = (await analyzed.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken)).Where(d => !d.IsSuppressed);
        Assert.Equal(
            ["CA1822 OtherBody", "IDE0060 int alone", "IDE0060 int mine"],
            left.Select(d => $"{d.Id} {d.Location.SourceTree!.ToString().Substring(d.Location.SourceSpan.Start, d.Location.SourceSpan.Length)}").Order(StringComparer.Ordinal));
    }

    /// <summary>Reports each parameter except events as unused, and that each instance method could be static.</summary>
#pragma warning disable RS1029, RS1036, RS1038, RS1041, RS2008 // an analyzer of these tests only
    [DiagnosticAnalyzer(LanguageNames.CSharp)]
    private sealed class Complaints : DiagnosticAnalyzer
    {
        private static readonly DiagnosticDescriptor s_unused = new("IDE0060", "unused", "unused", "Style", DiagnosticSeverity.Warning, isEnabledByDefault: true);
        private static readonly DiagnosticDescriptor s_static = new("CA1822", "static", "static", "Performance", DiagnosticSeverity.Warning, isEnabledByDefault: true);

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [s_unused, s_static];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterSyntaxNodeAction(Check, SyntaxKind.Parameter, SyntaxKind.MethodDeclaration);
        }

        private static void Check(SyntaxNodeAnalysisContext context)
        {
            if (context.Node is ParameterSyntax { Type: PredefinedTypeSyntax } parameter && parameter.FirstAncestorOrSelf<MethodDeclarationSyntax>()?.Body is not null)
                context.ReportDiagnostic(Diagnostic.Create(s_unused, parameter.GetLocation()));
            else if (context.Node is MethodDeclarationSyntax { Body: not null } method)
                context.ReportDiagnostic(Diagnostic.Create(s_static, method.Identifier.GetLocation()));
        }
    }
}

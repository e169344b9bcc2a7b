using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Tame.Generator.Analysis;
using Tame.Generator.Model;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests;

/// <summary>Analyzer reports about slots and rendezvous that ignore when events complete are suppressed in tamed bodies, and only there.</summary>
public sealed class WaitSuppressorTests
{
    private const string Code = """
        public static partial class Sample
        {
            [Tamed] public static partial void Run(Event done);
            private static void RunBody(Event done)
            {
                int slot = -1, other = -1;
                int parted = 1;
                int bare;
                using (twait())
                {
                    Get(mkevent(out slot));
                    Get(mkevent(out (parted)));
                    Get(mkevent(out bare));
                }
                var rendezvous = new Rendezvous();
                Rendezvous<int> numbered = new();
                var file = new MemoryStream();
                Get(mkevent(rendezvous, out int late));
                late = 0;
                other = Take(out int taken);
                Get(mkevent(numbered, 1));
                twait(rendezvous);
                int everyday = -1;
                twait(e => Get(e), out everyday);
                int page = -1;
                twait(Task.FromResult(1), out page);
                Action<Event> plain = e => Get(e);
                plain(done);
                twait(numbered, out _);
                done.Trigger();
            }

            private static void Get(Event<int> e) => e.Trigger(1);
            private static void Get(Event e) => e.Trigger();
            private static int Take(out int taken) => taken = 1;

            private static void Plain()
            {
                int outside = 1;
                var unhandled = new Rendezvous();
            }
        }
        """;

    [Theory]
    [InlineData("IDE0059", "other = -1", "other", "taken", "taken", "outside = 1", "plain = e => Get(e)", "numbered = new()", "rendezvous = new Rendezvous()", "file = new MemoryStream()", "unhandled = new Rendezvous()")]
    [InlineData("IDE0018", "int bare", "Action<Event> plain = e => Get(e)", "int outside = 1", "int slot = -1, other = -1", "var rendezvous = new Rendezvous()", "Rendezvous<int> numbered = new()", "var file = new MemoryStream()", "var unhandled = new Rendezvous()")]
    [InlineData("IDE0200", "e => Get(e)")]
    [InlineData("CA2000", "new MemoryStream()", "new Rendezvous()")]
    public async Task What_is_left_is_what_plain_CSharp_would_hear(string id, params string[] left)
    {
        var analyzed = Compiled.Generate(Compiled.Compilation(Code)).Output.WithAnalyzers([new WaitSuppressor(), new Complaints()]);
        var diagnostics = (await analyzed.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken)).Where(d => d.Id == id && !d.IsSuppressed);
        Assert.Equal(left.Order(StringComparer.Ordinal), diagnostics.Select(Text).Order(StringComparer.Ordinal));
    }

    private static string Text(Diagnostic diagnostic) => diagnostic.Location.SourceTree!.ToString().Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length);

    /// <summary>
    /// Reports for each variable that its value is unused or that it could be declared where it is set, and for each new object that it is not disposed of.
    /// </summary>
#pragma warning disable RS1029, RS1036, RS1038, RS1041, RS2008 // an analyzer of these tests only
    [DiagnosticAnalyzer(LanguageNames.CSharp)]
    private sealed class Complaints : DiagnosticAnalyzer
    {
        private static readonly DiagnosticDescriptor s_assigned = Warning("IDE0059");
        private static readonly DiagnosticDescriptor s_declared = Warning("IDE0018");
        private static readonly DiagnosticDescriptor s_disposed = Warning("CA2000");
        private static readonly DiagnosticDescriptor s_lambda = Warning("IDE0200");

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [s_assigned, s_declared, s_disposed, s_lambda];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterSyntaxNodeAction(
                context => context.ReportDiagnostic(Diagnostic.Create(Rule(context.Node), Place(context.Node).GetLocation())),
                SyntaxKind.VariableDeclarator, SyntaxKind.SingleVariableDesignation, SyntaxKind.SimpleAssignmentExpression, SyntaxKind.VariableDeclaration,
                SyntaxKind.ObjectCreationExpression, SyntaxKind.ImplicitObjectCreationExpression, SyntaxKind.SimpleLambdaExpression);
        }

        private static DiagnosticDescriptor Rule(SyntaxNode node) => node switch
        {
            VariableDeclarationSyntax => s_declared,
            BaseObjectCreationExpressionSyntax => s_disposed,
            LambdaExpressionSyntax => s_lambda,
            _ => s_assigned,
        };

        private static SyntaxNode Place(SyntaxNode node) => node is AssignmentExpressionSyntax assignment ? assignment.Left : node;

        private static DiagnosticDescriptor Warning(string id) => new(id, id, id, "Style", DiagnosticSeverity.Warning, isEnabledByDefault: true);
    }
}

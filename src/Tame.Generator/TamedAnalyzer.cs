using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Tame.Generator.Binding;
using Tame.Generator.Flow;

namespace Tame.Generator;

/// <summary>Runs the generator's own Binder and reports what it finds; outside tamed bodies, reports primitives that have no meaning there.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TamedAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [.. typeof(Rules).GetFields().Select(field => field.GetValue(null)).OfType<DiagnosticDescriptor>()];

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName(Binder.TamedAttribute) is not { } tamed) return;
            if (PrimitiveSymbols.Resolve(start.Compilation) is not { } primitives) return;
            start.RegisterSymbolAction(symbol => CheckPair(symbol, tamed), SymbolKind.Method);
            start.RegisterOperationAction(operation => CheckOutside(operation, tamed, primitives), OperationKind.Invocation, OperationKind.MethodReference);
        });
    }

    private static void CheckPair(SymbolAnalysisContext context, INamedTypeSymbol tamed)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (AttributeOf(method, tamed) is not { } attribute || method.PartialDefinitionPart is not null) return;
        if (method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(context.CancellationToken) is not MethodDeclarationSyntax syntax) return;
        foreach (var diagnostic in Binder.Bind(method, syntax, attribute, context.Compilation, context.CancellationToken).Diagnostics)
            context.ReportDiagnostic(diagnostic);
    }

    private static void CheckOutside(OperationAnalysisContext context, INamedTypeSymbol tamed, PrimitiveSymbols primitives)
    {
        var target = context.Operation is IInvocationOperation call ? call.TargetMethod : ((IMethodReferenceOperation)context.Operation).Method;
        var place = context.Operation.Syntax;
        if (place.Ancestors().OfType<InvocationExpressionSyntax>().Any(n => n.Expression is IdentifierNameSyntax { Identifier.ValueText: "nameof" })) return;
        var inside = context.ContainingSymbol as IMethodSymbol;
        if (primitives.IsTwait(target) || primitives.IsMkevent(target))
        {
            if (inside is null || DeclarationOf(inside, tamed) is null) ReportOutside(context, inside, target);
        }
        else if (DeclarationOf(target.OriginalDefinition, tamed) is { } declaration && !IsGenerated(inside, declaration))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.BodyCalled, place.GetLocation(), target.Name, declaration.Name));
        }
    }

    private static void ReportOutside(OperationAnalysisContext context, IMethodSymbol? inside, IMethodSymbol target)
    {
        var looksLikeBody = inside is { MethodKind: MethodKind.Ordinary } && inside.Name.Length > 4 && inside.Name.EndsWith("Body", StringComparison.Ordinal);
        context.ReportDiagnostic(looksLikeBody
            ? Diagnostic.Create(Rules.NoDeclaration, context.Operation.Syntax.GetLocation(), inside!.Name, inside.Name.Substring(0, inside.Name.Length - 4))
            : Diagnostic.Create(Rules.OutsideTamed, context.Operation.Syntax.GetLocation(), target.Name));
    }

    /// <summary>The tamed declaration whose body a method is, or null.</summary>
    private static IMethodSymbol? DeclarationOf(IMethodSymbol body, INamedTypeSymbol tamed)
    {
        if (body.ContainingType is null || body.MethodKind != MethodKind.Ordinary) return null;
        foreach (var declaration in body.ContainingType.GetMembers().OfType<IMethodSymbol>())
        {
            if (AttributeOf(declaration, tamed) is { } attribute && Pairing.BodyName(declaration, attribute) == body.Name
                && SymbolEqualityComparer.Default.Equals(Pairing.FindBody(declaration, body.Name), body))
                return declaration;
        }

        return null;
    }

    private static bool IsGenerated(IMethodSymbol? inside, IMethodSymbol declaration) =>
        inside is not null && SymbolEqualityComparer.Default.Equals(inside.PartialDefinitionPart ?? inside, declaration);

    private static AttributeData? AttributeOf(IMethodSymbol method, INamedTypeSymbol tamed) =>
        method.GetAttributes().FirstOrDefault(a => SymbolEqualityComparer.Default.Equals(a.AttributeClass, tamed));
}

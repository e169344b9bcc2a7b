using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Tame.Generator.Binding;
using Tame.Generator.Binding.Facts;
using Tame.Generator.Binding.Pair;
using Tame.Generator.Binding.Reuse;
using Tame.Generator.Flow;

namespace Tame.Generator.Analysis;

/// <summary>Runs the generator's own Binder and reports what it finds; outside tamed bodies, reports primitives that have no meaning there.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TamedAnalyzer : DiagnosticAnalyzer
{
    private readonly BindMethod _bind;

    /// <summary>The constructor that the compiler calls.</summary>
    public TamedAnalyzer()
        : this(Binder.Bind)
    {
    }

    internal TamedAnalyzer(BindMethod bind) => _bind = bind;

    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [.. typeof(Rules).GetFields().Select(field => field.GetValue(null)).OfType<DiagnosticDescriptor>().Where(Rules.IsOfTamedAnalyzer)];

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName(Binder.TamedAttribute) is not { } tamed) return;
            if (PrimitiveSymbols.Resolve(start.Compilation) is not { } primitives) return;
            start.RegisterSymbolAction(type => CheckPairs(type, tamed, primitives), SymbolKind.NamedType);

            // Each wait and event looks up the declaration of the enclosing body, which searches a whole type: it was half of CheckOutside.
            var declarations = new ConcurrentDictionary<ISymbol, IMethodSymbol?>(SymbolEqualityComparer.Default);
            IMethodSymbol? DeclarationOf(IMethodSymbol body) => declarations.GetOrAdd(body, _ => Pairing.DeclarationOf(body, tamed));
            start.RegisterOperationAction(operation => CheckOutside(operation, tamed, primitives, DeclarationOf), OperationKind.Invocation, OperationKind.MethodReference);
            start.RegisterOperationAction(call => CheckInterceptor(call, DeclarationOf), OperationKind.Invocation);
            start.RegisterOperationBlockAction(block => CheckLostBody(block, tamed, primitives, DeclarationOf));
            start.RegisterSyntaxNodeAction(attribute => CheckTarget(attribute, tamed), SyntaxKind.Attribute);
            start.RegisterSyntaxNodeAction(
                name => HiddenNames.CheckAmbiguity((SimpleNameSyntax)name.Node, name.SemanticModel, primitives, name.ReportDiagnostic, name.CancellationToken), SyntaxKind.IdentifierName, SyntaxKind.GenericName);
        });
    }

    /// <summary>By type, not by method: an analyzer that excludes generated code does not see a method whose implementing part is in generated code.</summary>
    private void CheckPairs(SymbolAnalysisContext context, INamedTypeSymbol tamed, PrimitiveSymbols primitives)
    {
        foreach (var (method, syntax, attribute) in Pairing.Declarations((INamedTypeSymbol)context.Symbol, tamed, context.CancellationToken))
            BoundPair.Ask(method, () => CheckPair(context, method, syntax, attribute, primitives));
    }

    private void CheckPair(SymbolAnalysisContext context, IMethodSymbol method, MethodDeclarationSyntax syntax, AttributeData attribute, PrimitiveSymbols primitives)
    {
        if (CleanMethods.Contain(syntax, context.Compilation)) return;
        var bound = _bind(method, syntax, attribute, context.Compilation, context.CancellationToken);
        foreach (var diagnostic in bound.Diagnostics)
            context.ReportDiagnostic(diagnostic);
        if (bound is { Method: not null, Context: { } found })
        {
            EventRules.Check(found, context.ReportDiagnostic);
            OtherGenerators.CheckNames(found, context.ReportDiagnostic);
        }

        if (bound is { Context: null, Body: { } body })
            CompilerHints.Check(body, context.Compilation, primitives, context.ReportDiagnostic, context.CancellationToken);
    }

    private static void CheckOutside(OperationAnalysisContext context, INamedTypeSymbol tamed, PrimitiveSymbols primitives, Func<IMethodSymbol, IMethodSymbol?> declarationOf)
    {
        var target = context.Operation is IInvocationOperation call ? call.TargetMethod : ((IMethodReferenceOperation)context.Operation).Method;
        var place = context.Operation.Syntax;
        if (primitives.IsTwait(target) || primitives.IsMkevent(target))
        {
            if (!IsInTamed(context.ContainingSymbol, tamed, declarationOf) && !LooksLikeBody(context.ContainingSymbol) && !IsInNameof(context.Operation))
                context.ReportDiagnostic(Diagnostic.Create(Rules.OutsideTamed, place.GetLocation(), target.Name));
        }
        else if (!target.DeclaringSyntaxReferences.IsEmpty && declarationOf(target.OriginalDefinition) is { } declaration && !IsInNameof(context.Operation))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.BodyCalled, place.GetLocation(), target.Name, declaration.Name));
        }
    }

    private static void CheckInterceptor(OperationAnalysisContext context, Func<IMethodSymbol, IMethodSymbol?> declarationOf)
    {
        if (context.Operation is not IInvocationOperation { Syntax: InvocationExpressionSyntax syntax, SemanticModel: { } model } call) return;
        if (context.ContainingSymbol is IMethodSymbol body && declarationOf(body) is not null)
            OtherGenerators.CheckCall(syntax, call.TargetMethod, model, context.ReportDiagnostic, context.CancellationToken);
    }

    private static bool IsInNameof(IOperation operation) => operation.SemanticModel is { } model && Nameof.IsAround(operation.Syntax, model);

    /// <summary>Whether a method would be the body of a tamed explicit implementation, if there could be one.</summary>
    private static bool IsMeantForExplicit(IMethodSymbol method, INamedTypeSymbol tamed) => LooksLikeBody(method) && method.ContainingType is { } type && type.GetMembers().OfType<IMethodSymbol>()
        .Any(other => other.MethodKind == MethodKind.ExplicitInterfaceImplementation && other.Name.EndsWith("." + Pairing.NameOfDeclaration(method.Name), StringComparison.Ordinal)
            && Pairing.AttributeOf(other, tamed) is not null);

    /// <summary>The generator examines only methods, but C# permits the attribute on everything that becomes a method.</summary>
    private static void CheckTarget(SyntaxNodeAnalysisContext context, INamedTypeSymbol tamed)
    {
        var target = context.Node.Parent!.Parent switch
        {
            LocalFunctionStatementSyntax => "a local function",
            AnonymousFunctionExpressionSyntax => "a lambda",
            AccessorDeclarationSyntax or EventFieldDeclarationSyntax => "an accessor",
            OperatorDeclarationSyntax or ConversionOperatorDeclarationSyntax => "an operator",
            // Roslyn also shows it as a part of the enclosing types.
            MethodDeclarationSyntax method when context.ContainingSymbol is IMethodSymbol && Pairing.IsInExtensionBlock(method) => "a member of an extension block",
            _ => null,
        };
        var advice = context.Node.Parent.Parent is MethodDeclarationSyntax ? ", as an extension method with a 'this' parameter" : ", and call it from here";
        if (target is not null && SymbolEqualityComparer.Default.Equals(context.SemanticModel.GetTypeInfo(context.Node).Type, tamed))
            context.ReportDiagnostic(Diagnostic.Create(Rules.NotAMethod, context.Node.GetLocation(), target, advice));
    }

    /// <summary>A method that is called like a body and waits like one probably lacks its declaration. That is reported once.</summary>
    private static void CheckLostBody(OperationBlockAnalysisContext context, INamedTypeSymbol tamed, PrimitiveSymbols primitives, Func<IMethodSymbol, IMethodSymbol?> declarationOf)
    {
        var method = context.OwningSymbol;
        if (!LooksLikeBody(method) || IsInTamed(method, tamed, declarationOf)) return;
        var uses = context.OperationBlocks.SelectMany(block => block.DescendantsAndSelf()).Select(operation => operation switch
        {
            IInvocationOperation call => call.TargetMethod,
            IMethodReferenceOperation reference => reference.Method,
            _ => null,
        });
        if (uses.Any(target => target is not null && (primitives.IsTwait(target) || primitives.IsMkevent(target))))
            context.ReportDiagnostic(Diagnostic.Create(Rules.NoDeclaration, method.Locations[0], method.Name, Pairing.NameOfDeclaration(method.Name)));
    }

    internal static bool LooksLikeBody(ISymbol symbol) =>
        symbol is IMethodSymbol { MethodKind: MethodKind.Ordinary } && Pairing.NameOfDeclaration(symbol.Name) is { Length: > 0 } name && name != symbol.Name;

    /// <summary>Whether this is the body of a tamed method, or has the attribute itself: then Binder reports its problems.</summary>
    private static bool IsInTamed(ISymbol symbol, INamedTypeSymbol tamed, Func<IMethodSymbol, IMethodSymbol?> declarationOf) => symbol is IMethodSymbol method
        && (declarationOf(method.PartialDefinitionPart ?? method) is not null || Pairing.AttributeOf(method.PartialDefinitionPart ?? method, tamed) is not null || IsMeantForExplicit(method, tamed));
}

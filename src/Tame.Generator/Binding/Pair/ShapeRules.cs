using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Pair;

/// <summary>Reports unsupported forms of a tamed declaration, its body, and their parameters.</summary>
internal sealed class ShapeRules(IMethodSymbol declaration, MethodDeclarationSyntax syntax, string bodyName, Action<Diagnostic> report)
{
    private Location Name => syntax.Identifier.GetLocation();

    public void CheckDeclaration()
    {
        var isOpen = declaration.IsPartialDefinition && !declaration.IsAbstract && !HasImplementation;
        if (!isOpen) Report(Rules.NotPartial, Name, declaration.Name, bodyName);
        if (!declaration.ReturnsVoid) Report(Rules.NotVoid, syntax.ReturnType.GetLocation(), declaration.Name, ResultOf(declaration.ReturnType));
        if (syntax.ExplicitInterfaceSpecifier is not null) Report(Rules.ExplicitImplementation, Name, ExplicitName);
        else if (isOpen && !syntax.Modifiers.Any(IsAccessibility)) Report(Rules.NoAccessibility, Name, declaration.Name);
        if (!declaration.IsStatic && declaration.ContainingType.TypeKind == TypeKind.Struct)
            Report(Rules.StructInstance, Name, declaration.Name, declaration.ContainingType.Name);
        if (FileContext.TypesAround(declaration.ContainingType).FirstOrDefault(t => t.IsFileLocal) is { } local)
            Report(Rules.FileLocal, Name, local.Name, declaration.Name);
        if (FileContext.TypesAround(declaration.ContainingType).FirstOrDefault(IsVariant) is { } variant)
            Report(Rules.VariantInterface, Name, declaration.Name, variant.Name);
        foreach (var (parameter, hidden) in HiddenTypeParameters()) Report(Rules.HiddenTypeParameter, parameter.Locations[0], parameter.Name, declaration.Name, hidden.ContainingSymbol.Name);
        foreach (var parameter in declaration.Parameters) CheckParameter(parameter);
    }

    private string ExplicitName => declaration.ExplicitInterfaceImplementations.FirstOrDefault() is { } implemented
        ? $"{implemented.ContainingType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}.{implemented.Name}" : declaration.Name;

    /// <summary>Classes, and so closures, cannot be declared in a variant interface.</summary>
    private static bool IsVariant(INamedTypeSymbol type) => type.TypeParameters.Any(t => t.Variance != VarianceKind.None);

    /// <summary>Type parameters of the method or of an enclosing type that have the name of one farther out.</summary>
    private IEnumerable<(ITypeParameterSymbol Parameter, ITypeParameterSymbol Hidden)> HiddenTypeParameters()
    {
        var outer = new Dictionary<string, ITypeParameterSymbol>();
        foreach (var parameter in FileContext.TypesAround(declaration.ContainingType).Reverse().SelectMany(type => type.TypeParameters).Concat(declaration.TypeParameters))
        {
            if (outer.TryGetValue(parameter.Name, out var hidden)) yield return (parameter, hidden);
            outer[parameter.Name] = parameter;
        }
    }

    public void CheckBody(IMethodSymbol body, MethodDeclarationSyntax bodySyntax)
    {
        var kind = body.IsAsync ? "async" : bodySyntax.DescendantNodes(n => n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .OfType<YieldStatementSyntax>().Any() ? "an iterator" : null;
        if (kind is not null)
            Report(Rules.AsyncOrIterator, bodySyntax.Identifier.GetLocation(), body.Name, kind);
        else if (Pairing.Difference(declaration, body) is { } difference)
            Report(Rules.SignaturesDiffer, bodySyntax.Identifier.GetLocation(), body.Name, declaration.Name, difference);
    }

    public void ReportNoBody()
    {
        var parameters = string.Join(", ", syntax.ParameterList.Parameters.Select(BodyParameter));
        var constraints = string.Concat(syntax.ConstraintClauses.Select(clause => " " + clause));
        var body = $"private {(declaration.IsStatic ? "static " : "")}void {bodyName}{syntax.TypeParameterList}({parameters}){constraints}";
        Report(Rules.NoBody, Name, declaration.Name, declaration.ContainingType.Name, bodyName, body);
    }

    /// <summary>A parameter without the parts that only the declaration has.</summary>
    private static string BodyParameter(ParameterSyntax parameter) => parameter.WithAttributeLists(default).WithDefault(null)
        .WithModifiers(SyntaxFactory.TokenList(parameter.Modifiers.Where(m => m.Kind() is not (SyntaxKind.ParamsKeyword or SyntaxKind.ThisKeyword)))).ToString();

    /// <summary>Whether other code has implemented the method. The analyzer also sees the generated implementation.</summary>
    private bool HasImplementation => declaration.PartialImplementationPart is { } part
        && !part.DeclaringSyntaxReferences.All(r => r.SyntaxTree.FilePath.EndsWith(Signatures.HintName(declaration), StringComparison.Ordinal));

    private void CheckParameter(IParameterSymbol parameter)
    {
        var problem = parameter.RefKind switch
        {
            RefKind.Ref => ("a ref parameter", "an object that holds the value, or an event that takes the result"),
            RefKind.None or RefKind.Out => TypeProblem(parameter.Type),
            _ => ("passed by reference", "the value"),
        };
        if (problem is var (what, instead))
            Report(Rules.ParameterCannotBeKept, parameter.Locations[0], parameter.Name, declaration.Name, what, instead);
    }

    private void Report(DiagnosticDescriptor rule, Location place, params object[] arguments) => report(Diagnostic.Create(rule, place, arguments));

    private static (string, string)? TypeProblem(ITypeSymbol type) => type switch
    {
        { IsRefLikeType: true } => ("a ref struct", "an array or a Memory"),
        ITypeParameterSymbol { AllowsRefLikeType: true } => ("of a type that may be a ref struct", "a value of a type without 'allows ref struct'"),
        IPointerTypeSymbol => ("a pointer", "a SafeHandle, a Memory or an nint"),
        IFunctionPointerTypeSymbol => ("a function pointer", "a delegate"),
        _ => null,
    };

    /// <summary>The event that passes the method's result.</summary>
    private static string ResultOf(ITypeSymbol type) => type switch
    {
        INamedTypeSymbol { Name: "Task" or "ValueTask", Arity: 0 } => "Event",
        INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments: [var result] } => ResultOf(result),
        INamedTypeSymbol { Name: "Event", ContainingNamespace.Name: "Tame" } => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat),
        _ => $"Event<{type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}>",
    };

    public static bool IsAccessibility(SyntaxToken modifier) => modifier.Kind() is
        SyntaxKind.PublicKeyword or SyntaxKind.PrivateKeyword or SyntaxKind.ProtectedKeyword or SyntaxKind.InternalKeyword;
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.Generator.Binding;

/// <summary>Says what a tamed declaration, its body and their parameters may not be.</summary>
internal sealed class ShapeRules(IMethodSymbol declaration, MethodDeclarationSyntax syntax, string bodyName, Action<Diagnostic> report)
{
    private Location Name => syntax.Identifier.GetLocation();

    public void CheckDeclaration()
    {
        if (!declaration.IsPartialDefinition || syntax.Body is not null || syntax.ExpressionBody is not null)
            Report(Rules.NotPartial, Name, declaration.Name, bodyName);
        if (!declaration.ReturnsVoid) Report(Rules.NotVoid, syntax.ReturnType.GetLocation(), declaration.Name, ResultOf(declaration.ReturnType));
        if (syntax.ExplicitInterfaceSpecifier is not null) Report(Rules.ExplicitImplementation, Name, declaration.Name);
        else if (!syntax.Modifiers.Any(IsAccessibility)) Report(Rules.NoAccessibility, Name, declaration.Name);
        if (!declaration.IsStatic && declaration.ContainingType.TypeKind == TypeKind.Struct)
            Report(Rules.StructInstance, Name, declaration.Name, declaration.ContainingType.Name);
        if (FileContext.TypesAround(declaration.ContainingType).FirstOrDefault(t => t.IsFileLocal) is { } local)
            Report(Rules.FileLocal, Name, local.Name, declaration.Name);
        foreach (var parameter in declaration.Parameters) CheckParameter(parameter);
    }

    public void CheckBody(IMethodSymbol body, MethodDeclarationSyntax bodySyntax)
    {
        if (Pairing.Difference(declaration, body) is { } difference)
            Report(Rules.SignaturesDiffer, bodySyntax.Identifier.GetLocation(), body.Name, declaration.Name, difference);
        var kind = body.IsAsync ? "async" : bodySyntax.DescendantNodes(n => n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .OfType<YieldStatementSyntax>().Any() ? "an iterator" : null;
        if (kind is not null) Report(Rules.AsyncOrIterator, bodySyntax.Identifier.GetLocation(), body.Name, kind);
    }

    public void ReportNoBody()
    {
        var parameters = string.Join(", ", syntax.ParameterList.Parameters.Select(p => p.WithAttributeLists(default).WithDefault(null).ToString()));
        Report(Rules.NoBody, Name, declaration.Name, declaration.ContainingType.Name, bodyName, declaration.IsStatic ? "static " : "", parameters);
    }

    private void CheckParameter(IParameterSymbol parameter)
    {
        var problem = parameter.RefKind switch
        {
            RefKind.None or RefKind.Out => parameter.Type.IsRefLikeType ? ("by-ref-like", "an array or a Memory") : default((string, string)?),
            RefKind.Ref => ("a ref", "an object that holds the value, or an event for the result"),
            _ => ("passed by reference", "the value"),
        };
        if (problem is var (what, instead))
            Report(Rules.ParameterCannotBeKept, parameter.Locations[0], parameter.Name, declaration.Name, what, instead);
    }

    private void Report(DiagnosticDescriptor rule, Location place, params object[] arguments) => report(Diagnostic.Create(rule, place, arguments));

    private static string ResultOf(ITypeSymbol type) =>
        (type is INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments: [var result] } ? result : type).ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    private static bool IsAccessibility(SyntaxToken modifier) => modifier.Kind() is
        SyntaxKind.PublicKeyword or SyntaxKind.PrivateKeyword or SyntaxKind.ProtectedKeyword or SyntaxKind.InternalKeyword;
}

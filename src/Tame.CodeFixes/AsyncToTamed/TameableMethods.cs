using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator;
using Tame.Generator.Binding;
using Tame.Generator.Binding.Pair;

namespace Tame.CodeFixes.AsyncToTamed;

/// <summary>Tells which methods can become a pair, by the rules of the generator.</summary>
internal static class TameableMethods
{
    /// <summary>The rules that the pair would still break. The pair follows the other rules of declarations by construction.</summary>
    private static readonly HashSet<string> s_broken =
        [Rules.ParameterCannotBeKept.Id, Rules.StructInstance.Id, Rules.FileLocal.Id, Rules.VariantInterface.Id, Rules.HiddenTypeParameter.Id];

    public static bool Has(MethodDeclarationSyntax syntax, IMethodSymbol symbol, SemanticModel model)
    {
        if (syntax.Ancestors().Any(node => node is not (CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or ClassDeclarationSyntax or RecordDeclarationSyntax or StructDeclarationSyntax or InterfaceDeclarationSyntax))
            || syntax.Modifiers.Any(SyntaxKind.PartialKeyword) || symbol is { ContainingType.TypeKind: TypeKind.Interface, IsStatic: true, IsVirtual: true } || IsEntryPoint(symbol, model.Compilation) || InheritsConstraints(symbol) || NamesFileLocal(syntax, model) || TakesAddresses(syntax, model) || HasInactiveCode(syntax))
            return false;
        var isBroken = false;
        new ShapeRules(symbol, syntax, "", diagnostic => isBroken |= s_broken.Contains(diagnostic.Id)).CheckDeclaration();
        return !isBroken;
    }

    private static bool IsEntryPoint(IMethodSymbol symbol, Compilation compilation) =>
        symbol is { Name: "Main", IsStatic: true } && compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication;

    /// <summary>Such a method does not write its constraints, which its pair would have to.</summary>
    private static bool InheritsConstraints(IMethodSymbol symbol) => (symbol.IsOverride || !symbol.ExplicitInterfaceImplementations.IsEmpty)
        && symbol.TypeParameters.Any(parameter => parameter.HasReferenceTypeConstraint || parameter.HasValueTypeConstraint || parameter.HasNotNullConstraint || parameter.HasConstructorConstraint || !parameter.ConstraintTypes.IsEmpty);

    /// <summary>Code that this configuration excludes would not change.</summary>
    private static bool HasInactiveCode(MethodDeclarationSyntax syntax) => (syntax.Body ?? (SyntaxNode)syntax.ExpressionBody!).DescendantTrivia()
        .Any(trivia => trivia.IsKind(SyntaxKind.DisabledTextTrivia) && (trivia.ToString().Contains("await") || trivia.ToString().Contains("return")));

    /// <summary>A variable that is kept while the method waits has no address.</summary>
    private static bool TakesAddresses(MethodDeclarationSyntax syntax, SemanticModel model) => syntax.DescendantNodes().OfType<PrefixUnaryExpressionSyntax>()
        .Any(unary => unary.IsKind(SyntaxKind.AddressOfExpression) && model.GetSymbolInfo(unary.Operand).Symbol is not IMethodSymbol);

    /// <summary>Generated code is in another file, which cannot name such a type.</summary>
    private static bool NamesFileLocal(MethodDeclarationSyntax syntax, SemanticModel model) =>
        syntax.SyntaxTree.GetRoot().DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).OfType<BaseTypeDeclarationSyntax>().Any(type => type.Modifiers.Any(SyntaxKind.FileKeyword))
        && syntax.DescendantNodes().OfType<SimpleNameSyntax>().Any(name => model.GetSymbolInfo(name).Symbol is { } symbol && (symbol as INamedTypeSymbol ?? symbol.ContainingType) is { IsFileLocal: true });
}

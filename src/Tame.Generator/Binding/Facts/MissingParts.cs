using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Binding.Pair;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Tame.Generator.Binding.Facts;

/// <summary>
/// Supplies implementing parts that are not generated yet. The compiler creates no delegate of a partial method without one. If that happens in a lambda, the
/// overloads that take the lambda look wrong. So a body with such errors is read again, in a compilation in which these methods have an implementation.
/// </summary>
internal static class MissingParts
{
    /// <summary>The methods without an implementing part that a body names in its lambdas, other than to call them.</summary>
    public static IReadOnlyList<MethodDeclarationSyntax> InLambdas(SemanticModel model, SyntaxNode body, CancellationToken cancellationToken) =>
    [
        .. body.DescendantNodes().OfType<SimpleNameSyntax>().Where(name => !IsCalled(name) && name.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>() is { } function && body.Contains(function))
            .SelectMany(name => model.GetMemberGroup(name, cancellationToken)).Where(method => Is(method))
            .SelectMany(method => method.OriginalDefinition.DeclaringSyntaxReferences.Select(place => place.GetSyntax(cancellationToken)))
            .OfType<MethodDeclarationSyntax>().Distinct(),
    ];

    /// <summary>Whether a method is partial and has no implementing part.</summary>
    public static bool Is(ISymbol? method) => method?.OriginalDefinition is IMethodSymbol { IsPartialDefinition: true, PartialImplementationPart: null };

    /// <summary>
    /// The compilation with an implementation of these methods. Null if one of them cannot have it in another file, because its type is local to its file or
    /// not partial.
    /// </summary>
    public static Compilation? Supply(IReadOnlyList<MethodDeclarationSyntax> methods, Compilation compilation)
    {
        var completed = compilation.AddSyntaxTrees(methods.Select(method => CSharpSyntaxTree.Create(FileOf(method), (CSharpParseOptions)method.SyntaxTree.Options)));
        return methods.Any(method => Is(completed.GetSemanticModel(method.SyntaxTree).GetDeclaredSymbol(method))) ? null : completed;
    }

    /// <summary>The same pair in another compilation of the same files.</summary>
    public static TamedPair In(Compilation compilation, TamedPair pair, CancellationToken cancellationToken)
    {
        var declaration = Find(pair.Syntax);
        var place = pair.Attribute.ApplicationSyntaxReference!;
        var attribute = declaration.GetAttributes().Single(a => a.ApplicationSyntaxReference is { } other && other.SyntaxTree == place.SyntaxTree && other.Span == place.Span);
        return pair with { Declaration = declaration, Body = Find(pair.BodySyntax), Attribute = attribute };

        IMethodSymbol Find(MethodDeclarationSyntax syntax) => compilation.GetSemanticModel(syntax.SyntaxTree).GetDeclaredSymbol(syntax, cancellationToken)!;
    }

    private static bool IsCalled(SimpleNameSyntax name)
    {
        ExpressionSyntax whole = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        return whole.Parent is InvocationExpressionSyntax call && call.Expression == whole;
    }

    /// <summary>A file with only that method, in surroundings in which names have the same meaning.</summary>
    private static CompilationUnitSyntax FileOf(MethodDeclarationSyntax method)
    {
        MemberDeclarationSyntax member = method.WithAttributeLists(default).WithBody(null)
            .WithExpressionBody(ArrowExpressionClause(ThrowExpression(LiteralExpression(SyntaxKind.NullLiteralExpression)))).WithSemicolonToken(Token(SyntaxKind.SemicolonToken));
        foreach (var around in method.Ancestors())
        {
            member = around switch
            {
                TypeDeclarationSyntax type => Only(type, member),
                FileScopedNamespaceDeclarationSyntax space => space.WithMembers([member]).WithAttributeLists(default),
                NamespaceDeclarationSyntax space => space.WithMembers([member]).WithAttributeLists(default),
                _ => member,
            };
        }

        return ((CompilationUnitSyntax)method.SyntaxTree.GetRoot()).WithAttributeLists(default).WithMembers([member]);
    }

    private static TypeDeclarationSyntax Only(TypeDeclarationSyntax type, MemberDeclarationSyntax member) => type
        .WithAttributeLists(default).WithParameterList(null).WithBaseList(null).WithConstraintClauses(default)
        .WithOpenBraceToken(Token(SyntaxKind.OpenBraceToken)).WithMembers([member]).WithCloseBraceToken(Token(SyntaxKind.CloseBraceToken)).WithSemicolonToken(default);
}

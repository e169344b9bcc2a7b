using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using Tame.Generator.Binding;
using Tame.Generator.Binding.Pair;

namespace Tame.CodeFixes;

/// <summary>Creates one half of a pair from the other.</summary>
internal static class PairSyntax
{
    private static readonly SyntaxKind[] s_declarationOnly =
    [
        SyntaxKind.PublicKeyword, SyntaxKind.PrivateKeyword, SyntaxKind.ProtectedKeyword, SyntaxKind.InternalKeyword, SyntaxKind.PartialKeyword, SyntaxKind.NewKeyword,
        SyntaxKind.VirtualKeyword, SyntaxKind.OverrideKeyword, SyntaxKind.SealedKeyword,
    ];

    public static MethodDeclarationSyntax Body(MethodDeclarationSyntax declaration, string name) => Bare(declaration)
        .WithModifiers(SyntaxFactory.TokenList(new[] { SyntaxFactory.Token(SyntaxKind.PrivateKeyword) }
            .Concat(declaration.Modifiers.Where(m => !s_declarationOnly.Contains(m.Kind())).Select(m => SyntaxFactory.Token(m.Kind())))))
        .WithReturnType(SyntaxFactory.PredefinedType(SyntaxFactory.Token(SyntaxKind.VoidKeyword)))
        .WithIdentifier(SyntaxFactory.Identifier(name))
        .WithParameterList(Parameters(declaration.ParameterList))
        .WithSemicolonToken(default)
        .WithBody(SyntaxFactory.Block(Trigger(declaration)))
        .NormalizeWhitespace(eol: NewLine.TextOf(declaration))
        .WithLeadingTrivia(NewLine.Of(declaration))
        .WithTrailingTrivia(NewLine.Of(declaration))
        .WithAdditionalAnnotations(Formatter.Annotation);

    /// <summary>Writes the declaration of a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="followsEmptyLine">An empty line precedes the body. It will separate the two, so the declaration gets its own.</param>
    public static MethodDeclarationSyntax Declaration(MethodDeclarationSyntax body, bool followsEmptyLine = false) => Bare(body)
        .WithAttributeLists(SyntaxFactory.SingletonList(SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Attribute(SyntaxFactory.IdentifierName("Tamed"))))))
        .WithModifiers(SyntaxFactory.TokenList(body.Modifiers.Select(m => SyntaxFactory.Token(m.Kind())).Append(SyntaxFactory.Token(SyntaxKind.PartialKeyword))))
        .WithIdentifier(SyntaxFactory.Identifier(Pairing.NameOfDeclaration(body.Identifier.ValueText)))
        .WithBody(null)
        .WithExpressionBody(null)
        .WithSemicolonToken(SyntaxFactory.Token(SyntaxKind.SemicolonToken))
        .NormalizeWhitespace(eol: NewLine.TextOf(body))
        .WithLeadingTrivia(SyntaxFactory.TriviaList(Enumerable.Repeat(NewLine.Of(body), followsEmptyLine ? 1 : 0)))
        .WithTrailingTrivia(SyntaxFactory.TriviaList(Enumerable.Repeat(NewLine.Of(body), followsEmptyLine ? 1 : 2)))
        .WithAdditionalAnnotations(Formatter.Annotation);

    public static MethodDeclarationSyntax WithSignature(MethodDeclarationSyntax body, MethodDeclarationSyntax declaration)
    {
        var isStatic = declaration.Modifiers.Any(SyntaxKind.StaticKeyword);
        var modifiers = body.Modifiers;
        if (!isStatic && modifiers.IndexOf(SyntaxKind.StaticKeyword) is >= 0 and var index)
            modifiers = modifiers.RemoveAt(index);
        else if (isStatic && !modifiers.Any(SyntaxKind.StaticKeyword))
            modifiers = modifiers.Add(SyntaxFactory.Token(SyntaxKind.StaticKeyword).WithTrailingTrivia(SyntaxFactory.Space));
        return body.WithModifiers(modifiers)
            .WithReturnType(SyntaxFactory.PredefinedType(SyntaxFactory.Token(SyntaxKind.VoidKeyword)).WithTriviaFrom(body.ReturnType))
            .WithTypeParameterList(declaration.TypeParameterList)
            .WithParameterList(Parameters(declaration.ParameterList).WithTrailingTrivia(body.ParameterList.GetTrailingTrivia()))
            .WithConstraintClauses(declaration.ConstraintClauses);
    }

    /// <summary>Turns a method into the body of a declaration with the same signature.</summary>
    public static MethodDeclarationSyntax AsBody(MethodDeclarationSyntax method, string name) => method
        .WithAttributeLists(default)
        .WithModifiers(SyntaxFactory.TokenList(new[] { Modifier(SyntaxKind.PrivateKeyword) }.Concat(method.Modifiers.Where(m => !s_declarationOnly.Contains(m.Kind())).Select(m => Modifier(m.Kind())))))
        .WithIdentifier(SyntaxFactory.Identifier(name).WithTriviaFrom(method.Identifier))
        .WithParameterList(Parameters(method.ParameterList).WithTriviaFrom(method.ParameterList))
        .WithLeadingTrivia(method.GetLeadingTrivia());

    /// <summary>Turns a method into the declaration of a pair.</summary>
    public static MethodDeclarationSyntax AsDeclaration(MethodDeclarationSyntax method)
    {
        var modifiers = method.Modifiers;
        if (!modifiers.Any(IsAccessibility))
            modifiers = modifiers.Insert(0, Modifier(SyntaxKind.PrivateKeyword));
        if (!modifiers.Any(SyntaxKind.PartialKeyword))
            modifiers = modifiers.Add(Modifier(SyntaxKind.PartialKeyword));
        return method.WithModifiers(modifiers).WithBody(null).WithExpressionBody(null)
            .WithParameterList(method.ParameterList.WithoutTrailingTrivia())
            .WithConstraintClauses(SyntaxFactory.List(method.ConstraintClauses.Select(clause => clause.WithLeadingTrivia(SyntaxFactory.Space).WithoutTrailingTrivia())))
            .WithSemicolonToken(SyntaxFactory.Token(SyntaxKind.SemicolonToken))
            .WithTrailingTrivia(NewLine.Of(method));
    }

    /// <summary>Makes the types around a method partial, as a pair requires.</summary>
    public static void MakePartial(MethodDeclarationSyntax method, SyntaxEditor editor)
    {
        foreach (var type in method.Ancestors().OfType<TypeDeclarationSyntax>().Where(type => !type.Modifiers.Any(SyntaxKind.PartialKeyword)))
            editor.SetModifiers(type, editor.Generator.GetModifiers(type).WithPartial(true));
    }

    public static MethodDeclarationSyntax WithPrivate(MethodDeclarationSyntax declaration)
    {
        var first = declaration.Modifiers[0];
        var made = SyntaxFactory.Token(first.LeadingTrivia, SyntaxKind.PrivateKeyword, SyntaxFactory.TriviaList(SyntaxFactory.Space));
        return declaration.WithModifiers(declaration.Modifiers.Replace(first, first.WithLeadingTrivia()).Insert(0, made));
    }

    private static SyntaxToken Modifier(SyntaxKind kind) => SyntaxFactory.Token(default, kind, SyntaxFactory.TriviaList(SyntaxFactory.Space));

    private static bool IsAccessibility(SyntaxToken modifier) => ShapeRules.IsAccessibility(modifier);

    private static MethodDeclarationSyntax Bare(MethodDeclarationSyntax method) => method.WithAttributeLists(default).WithoutTrivia();

    /// <summary>The parameters of a body. Attributes, defaults, <c>params</c>, and <c>this</c> belong only to the declaration.</summary>
    private static ParameterListSyntax Parameters(ParameterListSyntax list) => list.WithParameters(SyntaxFactory.SeparatedList(
        list.Parameters.Select(parameter => parameter.WithAttributeLists(default).WithDefault(null)
            .WithModifiers(SyntaxFactory.TokenList(parameter.Modifiers.Where(m => m.Kind() is not (SyntaxKind.ParamsKeyword or SyntaxKind.ThisKeyword))))
            .WithLeadingTrivia(parameter.GetLeadingTrivia()).WithoutTrailingTrivia()),
        list.Parameters.GetSeparators()));

    /// <summary>Triggers the last event parameter without values. Only the user knows the values of the others.</summary>
    private static StatementSyntax[] Trigger(MethodDeclarationSyntax declaration) =>
        declaration.ParameterList.Parameters.LastOrDefault(p => p.Type is IdentifierNameSyntax { Identifier.ValueText: "Event" }) is { } done
            ? [SyntaxFactory.ParseStatement($"{done.Identifier.Text}.Trigger();")] : [];
}

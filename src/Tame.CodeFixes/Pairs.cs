using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using Tame.Generator;
using Tame.Generator.Binding;
using Tame.Generator.Binding.Pair;

namespace Tame.CodeFixes;

/// <summary>Writes the body for a declaration, behind it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class WriteBodyFix() : Fix(Rules.NoBody, "Write the body")
{
    private protected override Action<SyntaxEditor>? Find(SyntaxNode place, SemanticModel model)
    {
        if (place.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } declaration || model.GetDeclaredSymbol(declaration) is not { } method
            || model.Compilation.GetTypeByMetadataName(Binder.TamedAttribute) is not { } tamed || Pairing.AttributeOf(method, tamed) is not { } attribute)
            return null;
        var body = PairSyntax.Body(declaration, Pairing.BodyName(method, attribute));
        return editor => editor.InsertAfter(declaration, body);
    }
}

/// <summary>Writes the declaration for a body, before it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class WriteDeclarationFix() : Fix(Rules.NoDeclaration, "Write the [Tamed] declaration")
{
    private protected override Action<SyntaxEditor>? Find(SyntaxNode place, SemanticModel model)
    {
        if (place.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } body)
            return null;
        return editor =>
        {
            editor.InsertBefore(body, PairSyntax.Declaration(body, body.GetLeadingTrivia() is [var first, ..] && first.IsKind(SyntaxKind.EndOfLineTrivia)));
            PairSyntax.MakePartial(body, editor);
        };
    }
}

/// <summary>Gives a body the parameters of its declaration.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class CopySignatureFix() : Fix(Rules.SignaturesDiffer, "Give the body the signature of its declaration")
{
    private protected override Action<SyntaxEditor>? Find(SyntaxNode place, SemanticModel model)
    {
        if (place.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } body || model.GetDeclaredSymbol(body) is not { } method
            || model.Compilation.GetTypeByMetadataName(Binder.TamedAttribute) is not { } tamed
            || Pairing.DeclarationOf(method, tamed)?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not MethodDeclarationSyntax declaration)
            return null;
        return editor => editor.ReplaceNode(body, (node, _) => PairSyntax.WithSignature((MethodDeclarationSyntax)node, declaration));
    }
}

/// <summary>Makes a declaration without an accessibility modifier private.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AddPrivateFix() : Fix(Rules.NoAccessibility, "Make it private")
{
    private protected override Action<SyntaxEditor>? Find(SyntaxNode place, SemanticModel model) =>
        place.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } declaration ? editor => editor.ReplaceNode(declaration, PairSyntax.WithPrivate(declaration)) : null;
}

/// <summary>The two halves of a pair, one made from the other.</summary>
internal static class PairSyntax
{
    private static readonly SyntaxKind[] s_ofDeclaration =
    [
        SyntaxKind.PublicKeyword, SyntaxKind.PrivateKeyword, SyntaxKind.ProtectedKeyword, SyntaxKind.InternalKeyword, SyntaxKind.PartialKeyword, SyntaxKind.NewKeyword,
        SyntaxKind.VirtualKeyword, SyntaxKind.OverrideKeyword, SyntaxKind.SealedKeyword,
    ];

    public static MethodDeclarationSyntax Body(MethodDeclarationSyntax declaration, string name) => Bare(declaration)
        .WithModifiers(SyntaxFactory.TokenList(new[] { SyntaxFactory.Token(SyntaxKind.PrivateKeyword) }
            .Concat(declaration.Modifiers.Where(m => !s_ofDeclaration.Contains(m.Kind())).Select(m => SyntaxFactory.Token(m.Kind())))))
        .WithReturnType(SyntaxFactory.PredefinedType(SyntaxFactory.Token(SyntaxKind.VoidKeyword)))
        .WithIdentifier(SyntaxFactory.Identifier(name))
        .WithParameterList(Parameters(declaration.ParameterList))
        .WithSemicolonToken(default)
        .WithBody(SyntaxFactory.Block(Trigger(declaration)))
        .NormalizeWhitespace()
        .WithLeadingTrivia(SyntaxFactory.CarriageReturnLineFeed)
        .WithTrailingTrivia(SyntaxFactory.CarriageReturnLineFeed)
        .WithAdditionalAnnotations(Formatter.Annotation);

    /// <summary>The declaration for a body; the empty line that stands before that comes to stand between them, and needs another before both.</summary>
    public static MethodDeclarationSyntax Declaration(MethodDeclarationSyntax body, bool standsBehindEmptyLine = false) => Bare(body)
        .WithAttributeLists(SyntaxFactory.SingletonList(SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Attribute(SyntaxFactory.IdentifierName("Tamed"))))))
        .WithModifiers(SyntaxFactory.TokenList(body.Modifiers.Select(m => SyntaxFactory.Token(m.Kind())).Append(SyntaxFactory.Token(SyntaxKind.PartialKeyword))))
        .WithIdentifier(SyntaxFactory.Identifier(Pairing.NameOfDeclaration(body.Identifier.ValueText)))
        .WithBody(null)
        .WithExpressionBody(null)
        .WithSemicolonToken(SyntaxFactory.Token(SyntaxKind.SemicolonToken))
        .NormalizeWhitespace()
        .WithLeadingTrivia(SyntaxFactory.TriviaList(Enumerable.Repeat(SyntaxFactory.CarriageReturnLineFeed, standsBehindEmptyLine ? 1 : 0)))
        .WithTrailingTrivia(SyntaxFactory.TriviaList(Enumerable.Repeat(SyntaxFactory.CarriageReturnLineFeed, standsBehindEmptyLine ? 1 : 2)))
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

    /// <summary>A method with its own statements, as the body of a declaration that has its signature.</summary>
    public static MethodDeclarationSyntax AsBody(MethodDeclarationSyntax method, string name) => method
        .WithAttributeLists(default)
        .WithModifiers(SyntaxFactory.TokenList(new[] { Modifier(SyntaxKind.PrivateKeyword) }.Concat(method.Modifiers.Where(m => !s_ofDeclaration.Contains(m.Kind())).Select(m => Modifier(m.Kind())))))
        .WithIdentifier(SyntaxFactory.Identifier(name).WithTriviaFrom(method.Identifier))
        .WithParameterList(Parameters(method.ParameterList).WithTriviaFrom(method.ParameterList))
        .WithLeadingTrivia(method.GetLeadingTrivia());

    /// <summary>A method without its statements, as the declaration of a pair.</summary>
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
            .WithTrailingTrivia(SyntaxFactory.ElasticCarriageReturnLineFeed);
    }

    /// <summary>A pair needs partial types around it.</summary>
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

    /// <summary>Attributes, defaults, <c>params</c> and <c>this</c> are the declaration's.</summary>
    private static ParameterListSyntax Parameters(ParameterListSyntax list) => list.WithParameters(SyntaxFactory.SeparatedList(
        list.Parameters.Select(parameter => parameter.WithAttributeLists(default).WithDefault(null)
            .WithModifiers(SyntaxFactory.TokenList(parameter.Modifiers.Where(m => m.Kind() is not (SyntaxKind.ParamsKeyword or SyntaxKind.ThisKeyword)))).WithoutTrivia()),
        list.Parameters.GetSeparators()));

    /// <summary>The last event without a value is triggered; one with values needs them, which only the user knows.</summary>
    private static StatementSyntax[] Trigger(MethodDeclarationSyntax declaration) =>
        declaration.ParameterList.Parameters.LastOrDefault(p => p.Type is IdentifierNameSyntax { Identifier.ValueText: "Event" }) is { } done
            ? [SyntaxFactory.ParseStatement($"{done.Identifier.Text}.Trigger();")] : [];
}

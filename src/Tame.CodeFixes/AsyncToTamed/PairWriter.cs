using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Tame.Generator.Binding;
using Tame.Generator.Binding.Pair;

namespace Tame.CodeFixes.AsyncToTamed;

/// <summary>Writes the members that replace an async method: the pair, and before it the method that existing callers still need.</summary>
internal sealed class PairWriter(AsyncMethod method)
{
    private readonly SyntaxTrivia _newLine = NewLine.Of(method.Syntax);

    /// <param name="body">The statements of the tamed body.</param>
    /// <param name="keepsTaskMethod">A method with the old signature calls the pair.</param>
    public IEnumerable<MethodDeclarationSyntax> Members(BlockSyntax body, bool keepsTaskMethod)
    {
        var (before, own) = Leading();
        var header = WithEvent(WithModifiers(method.Syntax, keepsTaskMethod)).WithoutTrivia();
        if (keepsTaskMethod)
        {
            yield return new TaskMethodWriter(method).Write().WithLeadingTrivia(method.Syntax.GetLeadingTrivia()).WithTrailingTrivia(_newLine);
            (before, own) = ([_newLine], [.. own.Where(TamedDocumentation.Is), .. Indentation(own)]);
        }
        var (ofDeclaration, ofBody) = own.Any(trivia => trivia.HasStructure) ? (new TamedDocumentation(method).Of(own), Indentation(own)) : (Indentation(own), own);
        yield return PairSyntax.AsDeclaration(header).WithIdentifier(SyntaxFactory.Identifier(method.Pair.Declaration)).WithAttributeLists(Attributes())
            .WithLeadingTrivia(before.Concat(ofDeclaration)).WithTrailingTrivia(_newLine).WithAdditionalAnnotations(Formatter.Annotation);
        yield return PairSyntax.AsBody(header, method.Pair.Body).WithExpressionBody(null).WithSemicolonToken(default).WithBody(method.Syntax.Body is null ? body : body.WithoutTrailingTrivia())
            .WithLeadingTrivia(ofBody.Prepend(_newLine)).WithTrailingTrivia(method.Syntax.GetTrailingTrivia());
    }

    /// <summary>The empty lines before the method, and the comments and directives that follow them.</summary>
    private (SyntaxTriviaList Before, SyntaxTriviaList Own) Leading()
    {
        var leading = method.Syntax.GetLeadingTrivia();
        var count = 0;
        for (var i = 0; i < leading.Count && leading[i].Kind() is SyntaxKind.WhitespaceTrivia or SyntaxKind.EndOfLineTrivia; i++)
        {
            if (leading[i].IsKind(SyntaxKind.EndOfLineTrivia))
                count = i + 1;
        }
        return ([.. leading.Take(count)], [.. leading.Skip(count)]);
    }

    private static SyntaxTriviaList Indentation(SyntaxTriviaList leading) => leading is [.., var last] && last.IsKind(SyntaxKind.WhitespaceTrivia) ? [last] : [];

    /// <summary>The attributes go to the declaration, except those about the returned task.</summary>
    private SyntaxList<AttributeListSyntax> Attributes()
    {
        var lists = TaskMethodWriter.WithoutBuilder(method);
        var tamed = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Attribute(SyntaxFactory.IdentifierName("Tamed")))).WithTrailingTrivia(_newLine);
        return SyntaxFactory.List(lists.Where(list => list.Target?.Identifier.IsKind(SyntaxKind.ReturnKeyword) is not true).Append(tamed));
    }

    /// <summary>Modifiers such as <c>virtual</c> and <c>override</c> stay with the method that keeps the old name.</summary>
    private MethodDeclarationSyntax WithModifiers(MethodDeclarationSyntax syntax, bool keepsTaskMethod)
    {
        var modifiers = syntax.Modifiers.Where(modifier => !(modifier.Kind() is SyntaxKind.AsyncKeyword or SyntaxKind.NewKeyword
            || (keepsTaskMethod && modifier.Kind() is SyntaxKind.VirtualKeyword or SyntaxKind.OverrideKeyword or SyntaxKind.SealedKeyword))).ToList();
        if (method.Symbol is { ContainingType.TypeKind: TypeKind.Interface, IsStatic: false, DeclaredAccessibility: not Accessibility.Private } && !modifiers.Any(modifier => modifier.Kind() is SyntaxKind.VirtualKeyword or SyntaxKind.SealedKeyword))
            modifiers.Add(SyntaxFactory.Token(SyntaxKind.VirtualKeyword));
        return syntax.WithExplicitInterfaceSpecifier(null).WithModifiers(SyntaxFactory.TokenList(Accessible(modifiers).Select(modifier => modifier.WithoutTrivia().WithTrailingTrivia(SyntaxFactory.Space))));
    }

    /// <summary>A tamed method states its accessibility. A member of an interface is public by default.</summary>
    private IEnumerable<SyntaxToken> Accessible(List<SyntaxToken> modifiers) =>
        modifiers.Any(ShapeRules.IsAccessibility) || method.Symbol.DeclaredAccessibility != Accessibility.Public
            ? modifiers : modifiers.Prepend(SyntaxFactory.Token(SyntaxKind.PublicKeyword));

    private MethodDeclarationSyntax WithEvent(MethodDeclarationSyntax syntax)
    {
        var type = method.NameOf("Tame.Event") + (method.ResultText is { } result ? $"<{result}>" : "");
        var done = SyntaxFactory.Parameter(SyntaxFactory.Identifier(method.Event)).WithType(SyntaxFactory.ParseTypeName(type).WithTrailingTrivia(SyntaxFactory.Space));
        var (parameters, index) = (syntax.ParameterList.Parameters, method.EventIndex);
        if (parameters.Count > 0)
            done = done.WithLeadingTrivia(parameters[Math.Min(index, parameters.Count - 1)].GetLeadingTrivia());
        var separators = parameters.GetSeparators().ToList();
        separators.Insert(0, separators.Count > 0 ? separators[0] : SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space));
        var all = parameters.Select(parameter => parameter.WithTrailingTrivia()).ToList();
        all.Insert(index, done);
        return syntax.WithReturnType(SyntaxFactory.PredefinedType(SyntaxFactory.Token(SyntaxKind.VoidKeyword)).WithTrailingTrivia(SyntaxFactory.Space))
            .WithParameterList(syntax.ParameterList.WithParameters(SyntaxFactory.SeparatedList(all, separators.Take(all.Count - 1))));
    }
}

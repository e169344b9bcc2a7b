using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Tame.Generator.Binding.Text;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Rewrite;

/// <summary>Collection expressions of types whose <c>Add</c> gets the text of its argument, or the name of its caller.</summary>
internal sealed partial class FleshEditor
{
    /// <summary>
    /// <c>[a, b]</c> becomes <c>new T() { { a, "a" }, b }</c> if the text of <c>a</c> changes, because a collection expression cannot contain an argument. An
    /// initializer cannot contain a spread element: then the names in the text are those of references.
    /// </summary>
    public override void VisitCollectionExpression(CollectionExpressionSyntax node)
    {
        if (TypeThatIsTold(node) is not { } type)
        {
            base.VisitCollectionExpression(node);
        }
        else if (node.Elements.Any(element => element is not ExpressionElementSyntax))
        {
            VisitRead(node, base.VisitCollectionExpression, isRead: true);
            CheckElements(node, type);
        }
        else
        {
            base.VisitCollectionExpression(node);
            if (_edits.Change(node.Span) || AddersOf(type, node).Any(TellsName)) WriteInitializer(node, type);
        }
    }

    private INamedTypeSymbol? TypeThatIsTold(CollectionExpressionSyntax node) =>
        Model.GetOperation(node, _context.Cancellation) is ICollectionExpressionOperation { Type: INamedTypeSymbol type } && AddersOf(type, node).Any(add => Reads(add) || TellsName(add)) ? type : null;

    private IEnumerable<IMethodSymbol> AddersOf(INamedTypeSymbol type, SyntaxNode place) =>
        Model.LookupSymbols(place.SpanStart, type, "Add", includeReducedExtensionMethods: true).OfType<IMethodSymbol>();

    private static bool TellsName(IMethodSymbol method) => method.Parameters.Any(parameter => CallerAttribute(parameter) == CallerMember);

    private void WriteInitializer(CollectionExpressionSyntax node, INamedTypeSymbol type)
    {
        _edits.Replace(node.OpenBracketToken.Span, $"new {SymbolText.Of(type, _context.Aliases)}() {{ ");
        _edits.Replace(node.CloseBracketToken.Span, " }");
        foreach (var element in node.Elements.Cast<ExpressionElementSyntax>())
        {
            var value = element.Expression;
            var added = Adder(value, type) is { } add && (_edits.Change(value.Span) || TellsName(add)) ? ToldArguments(add, value) : [];

            // An assignment would be read as that of a member.
            if (value is AssignmentExpressionSyntax) _edits.Wrap(value.Span, "(", new TextPiece(")"));
            if (added.Count > 0) _edits.Wrap(value.Span, "{ ", [.. Behind(added), new TextPiece(" }")]);
        }
    }

    /// <summary>The method that adds an element. Operations do not show it, so the call is bound as if it were written there.</summary>
    private IMethodSymbol? Adder(ExpressionSyntax value, INamedTypeSymbol type)
    {
        var add = SyntaxFactory.ParseExpression($"default({SymbolText.Of(type, _context.Aliases)})!.Add");
        var call = SyntaxFactory.InvocationExpression(add, SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(BoundAgain(value)))));
        return Model.GetSpeculativeSymbolInfo(value.SpanStart, call, SpeculativeBindingOption.BindAsExpression).Symbol as IMethodSymbol;
    }

    /// <summary>An element as an argument. The variables that it declares exist already, so that such an element is bound by its type.</summary>
    private ExpressionSyntax BoundAgain(ExpressionSyntax value)
    {
        if (!value.DescendantNodes().OfType<SingleVariableDesignationSyntax>().Any()) return value.WithoutTrivia();
        var types = Model.GetTypeInfo(value, _context.Cancellation);
        return (types.Type ?? types.ConvertedType) is { } type ? SyntaxFactory.ParseExpression($"default({SymbolText.Of(type, _context.Aliases)})!") : value.WithoutTrivia();
    }

    /// <summary>The arguments after the element, up to the last one that C# took from its text or its caller.</summary>
    private List<Piece> ToldArguments(IMethodSymbol add, ExpressionSyntax value)
    {
        var behind = add.Parameters.Skip(1).Select(parameter => (Parameter: parameter, IsText: parameter.GetAttributes().Any(attribute => TextOf(attribute) == add.Parameters[0].Name))).ToList();
        return [.. behind.Take(behind.FindLastIndex(each => each.IsText || CallerAttribute(each.Parameter) == CallerMember) + 1)
            .Select(each => each.IsText ? Literal(Told(value).ToString()) : Default(each.Parameter, value))];
    }

    /// <summary>The part of an element whose text C# passes. Signs that only the compiler reads are omitted.</summary>
    private static ExpressionSyntax Told(ExpressionSyntax value) => value switch
    {
        ParenthesizedExpressionSyntax parenthesized => Told(parenthesized.Expression),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed => Told(suppressed.Operand),
        CheckedExpressionSyntax @checked => Told(@checked.Expression),
        _ => value,
    };

    private Piece Default(IParameterSymbol parameter, ExpressionSyntax value) => CallerAttribute(parameter) switch
    {
        CallerLine => new LinePiece(value.GetLocation().GetMappedLineSpan().StartLinePosition.Line + 1),
        CallerMember => Literal(_context.Declaration.Name),
        _ => new TextPiece(ConstantText.Of(parameter.Type, parameter.HasExplicitDefaultValue ? parameter.ExplicitDefaultValue : null, _context.Aliases)),
    };

    private static string? CallerAttribute(IParameterSymbol parameter) =>
        parameter.GetAttributes().Select(attribute => attribute.AttributeClass?.Name).FirstOrDefault(name => name?.StartsWith("Caller", StringComparison.Ordinal) == true);

    /// <summary>The parameter whose argument's text an attribute requests, or null for another attribute.</summary>
    private static string? TextOf(AttributeData attribute) =>
        attribute is { AttributeClass.Name: ArgumentExpression, ConstructorArguments: [{ Value: string parameter }] } ? parameter : null;
}

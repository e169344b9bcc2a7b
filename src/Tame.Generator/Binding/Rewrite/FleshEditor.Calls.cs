using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Tame.Generator.Binding.Facts;
using Tame.Generator.Binding.Text;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Rewrite;

/// <summary>Calls that mean something else once moved: events, <c>nameof</c>, and arguments that the compiler takes from the caller.</summary>
internal sealed partial class FleshEditor
{
    public override void VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        if (_context.Waits.Events.ContainsKey(node))
        {
            EditEvent(node);
        }
        else if (node is { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } && Model.GetConstantValue(node) is { Value: string name })
        {
            foreach (var inside in node.ArgumentList.DescendantTokens()) LocalPlaces.Add(inside.SpanStart);
            _edits.Replace(node.Span, SymbolDisplay.FormatLiteral(name, quote: true));
        }
        else
        {
            base.VisitInvocationExpression(node);
            PassCallerInfo(node, node.ArgumentList.Arguments, node.ArgumentList.CloseParenToken.SpanStart, (node.Expression as MemberAccessExpressionSyntax)?.Expression);
        }
    }

    public override void VisitObjectCreationExpression(ObjectCreationExpressionSyntax node)
    {
        base.VisitObjectCreationExpression(node);
        if (node.ArgumentList is { } list) PassCallerInfo(node, list.Arguments, list.CloseParenToken.SpanStart);
        else PassCallerInfo(node, default, node.Type.Span.End, open: "(", close: ")");
    }

    public override void VisitImplicitObjectCreationExpression(ImplicitObjectCreationExpressionSyntax node)
    {
        base.VisitImplicitObjectCreationExpression(node);
        PassCallerInfo(node, node.ArgumentList.Arguments, node.ArgumentList.CloseParenToken.SpanStart);
    }

    public override void VisitElementAccessExpression(ElementAccessExpressionSyntax node)
    {
        base.VisitElementAccessExpression(node);
        PassCallerInfo(node, node.ArgumentList.Arguments, node.ArgumentList.CloseBracketToken.SpanStart);
    }

    /// <summary><c>mkevent(r, id, out s)</c> becomes <c>__c.Make(r, id, slot, line: n)</c>, argument by argument.</summary>
    private void EditEvent(InvocationExpressionSyntax call)
    {
        var name = call.Expression as SimpleNameSyntax ?? ((MemberAccessExpressionSyntax)call.Expression).Name;
        var types = name is GenericNameSyntax generic ? generic.TypeArgumentList.ToString() : "";
        _edits.Replace(call.Expression.Span, new ClosurePiece(), new TextPiece(".Make" + types));
        foreach (var argument in call.ArgumentList.Arguments)
        {
            if (argument.RefKindKeyword.IsKind(SyntaxKind.OutKeyword))
                _edits.Replace(TextSpan.FromBounds(argument.RefKindKeyword.SpanStart, argument.Span.End), _slots.Bind(argument));
            else
                Visit(argument);
        }

        var separator = call.ArgumentList.Arguments.Count == 0 ? "" : ", ";
        _edits.Replace(new TextSpan(call.ArgumentList.CloseParenToken.SpanStart, 0), new TextPiece(separator + "line: "), new LinePiece(Spans.LineOf(name)));
    }

    /// <summary>Writes out the arguments that the compiler would take from the text or the name of the caller, both of which have changed.</summary>
    private void PassCallerInfo(
        SyntaxNode call, SeparatedSyntaxList<ArgumentSyntax> arguments, int place, ExpressionSyntax? receiver = null, string open = "", string close = "")
    {
        var symbol = Model.GetSymbolInfo(call, _context.Cancellation).Symbol;
        var parameters = symbol switch { IMethodSymbol called => called.Parameters, IPropertySymbol indexer => indexer.Parameters, _ => [] };
        var written = new List<string>();
        foreach (var parameter in parameters)
        {
            if (!parameter.HasExplicitDefaultValue || ArgumentOf(parameter, arguments) is not null) continue;
            if (CallerInfo(parameter, symbol!, parameters, arguments, receiver) is { } text)
                written.Add($"{SymbolText.Name(parameter)}: {SymbolDisplay.FormatLiteral(text, quote: true)}");
        }

        if (written.Count > 0) _edits.Insert(place, open + (arguments.Count > 0 ? ", " : "") + string.Join(", ", written) + close);
    }

    private string? CallerInfo(
        IParameterSymbol parameter, ISymbol symbol, IEnumerable<IParameterSymbol> parameters, SeparatedSyntaxList<ArgumentSyntax> arguments, ExpressionSyntax? receiver)
    {
        foreach (var attribute in parameter.GetAttributes())
        {
            switch (attribute.AttributeClass?.Name)
            {
                case "CallerMemberNameAttribute":
                    return _context.Declaration.Name;
                case "CallerArgumentExpressionAttribute" when attribute.ConstructorArguments is [{ Value: string of }]:
                    var source = parameters.FirstOrDefault(p => p.Name == of) is { } sibling
                        ? ArgumentOf(sibling, arguments)?.Expression
                        : IsOfReceiver(symbol, of) ? receiver : null;
                    if (source is null || !source.DescendantTokens().Any(t => LocalPlaces.Contains(t.SpanStart))) return null;
                    return SlotBinder.Strip(source).ToString(); // the compiler, too, sees no parentheses
            }
        }

        return null;
    }

    /// <summary>Whether what is no parameter of an extension method is its receiver: its first one, or that of the extension block, a type without a name.</summary>
    private static bool IsOfReceiver(ISymbol symbol, string parameter) =>
        symbol is IMethodSymbol { ReducedFrom: { } extension } ? extension.Parameters[0].Name == parameter : symbol.ContainingType?.CanBeReferencedByName == false;

    private static ArgumentSyntax? ArgumentOf(IParameterSymbol parameter, SeparatedSyntaxList<ArgumentSyntax> list) =>
        list.FirstOrDefault(a => a.NameColon?.Name.Identifier.ValueText == parameter.Name)
        ?? (parameter.Ordinal < list.Count && list.Take(parameter.Ordinal + 1).All(a => a.NameColon is null) ? list[parameter.Ordinal] : null);
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Model;

namespace Tame.Generator.Binding;

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
            PassCallerInfo(node, node.ArgumentList, (node.Expression as MemberAccessExpressionSyntax)?.Expression);
        }
    }

    public override void VisitObjectCreationExpression(ObjectCreationExpressionSyntax node)
    {
        base.VisitObjectCreationExpression(node);
        if (node.ArgumentList is not null) PassCallerInfo(node, node.ArgumentList, receiver: null);
    }

    public override void VisitImplicitObjectCreationExpression(ImplicitObjectCreationExpressionSyntax node)
    {
        base.VisitImplicitObjectCreationExpression(node);
        PassCallerInfo(node, node.ArgumentList, receiver: null);
    }

    /// <summary><c>mkevent(r, id, out s)</c> becomes <c>__c.Make(r, id, slot, line: n)</c>, argument by argument.</summary>
    private void EditEvent(InvocationExpressionSyntax call)
    {
        var name = call.Expression as SimpleNameSyntax ?? ((MemberAccessExpressionSyntax)call.Expression).Name;
        var types = name is GenericNameSyntax generic ? generic.TypeArgumentList.ToString() : "";
        _edits.Replace(call.Expression.Span, _context.Closure + ".Make" + types);
        foreach (var argument in call.ArgumentList.Arguments)
        {
            if (argument.RefKindKeyword.IsKind(SyntaxKind.OutKeyword))
                _edits.Replace(Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(argument.RefKindKeyword.SpanStart, argument.Span.End), _slots.Bind(argument));
            else
                Visit(argument);
        }

        AddArgument(call.ArgumentList, "line: " + Spans.LineOf(name), isFirst: call.ArgumentList.Arguments.Count == 0);
    }

    private void AddArgument(ArgumentListSyntax arguments, string text, bool isFirst) =>
        _edits.Insert(arguments.CloseParenToken.SpanStart, (isFirst ? "" : ", ") + text);

    private void PassCallerInfo(SyntaxNode call, ArgumentListSyntax arguments, ExpressionSyntax? receiver)
    {
        if (Model.GetSymbolInfo(call, _context.Cancellation).Symbol is not IMethodSymbol method) return;
        var written = arguments.Arguments.Count > 0;
        foreach (var parameter in method.Parameters)
        {
            if (!parameter.HasExplicitDefaultValue || ArgumentOf(parameter, arguments) is not null) continue;
            if (CallerInfo(parameter, method, arguments, receiver) is not { } text) continue;
            AddArgument(arguments, $"{SymbolText.Name(parameter)}: {SymbolDisplay.FormatLiteral(text, quote: true)}", isFirst: !written);
            written = true;
        }
    }

    private string? CallerInfo(IParameterSymbol parameter, IMethodSymbol method, ArgumentListSyntax arguments, ExpressionSyntax? receiver)
    {
        foreach (var attribute in parameter.GetAttributes())
        {
            switch (attribute.AttributeClass?.Name)
            {
                case "CallerMemberNameAttribute":
                    return _context.Declaration.Name;
                case "CallerArgumentExpressionAttribute" when attribute.ConstructorArguments is [{ Value: string of }]:
                    var source = method.Parameters.FirstOrDefault(p => p.Name == of) is { } sibling
                        ? ArgumentOf(sibling, arguments)?.Expression
                        : method.ReducedFrom?.Parameters[0].Name == of ? receiver : null;
                    return source is not null && source.DescendantTokens().Any(t => LocalPlaces.Contains(t.SpanStart)) ? source.ToString() : null;
            }
        }

        return null;
    }

    private static ArgumentSyntax? ArgumentOf(IParameterSymbol parameter, ArgumentListSyntax arguments)
    {
        var list = arguments.Arguments;
        return list.FirstOrDefault(a => a.NameColon?.Name.Identifier.ValueText == parameter.Name)
            ?? (parameter.Ordinal < list.Count && list.Take(parameter.Ordinal + 1).All(a => a.NameColon is null) ? list[parameter.Ordinal] : null);
    }
}

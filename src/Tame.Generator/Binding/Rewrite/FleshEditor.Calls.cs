using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Tame.Generator.Binding.Facts;
using Tame.Generator.Binding.Text;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Rewrite;

/// <summary>Calls that change their meaning when moved: events and <c>nameof</c>.</summary>
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
        else if (KeptEvents.KeeperOf(node, _context) is { } keeper)
        {
            if (keeper.IsStatic)
            {
                _edits.Replace(node.Expression.Span, $"{GeneratedNames.Services}KeptPrimitives.{keeper.Name}");
            }
            else
            {
                var callee = (MemberAccessExpressionSyntax)node.Expression;
                Visit(callee.Expression);
                _edits.Replace(callee.Name.Span, keeper.Name + "Kept");
            }
            Visit(node.ArgumentList);
        }
        else
        {
            base.VisitInvocationExpression(node);
            PassCallerInfo(node, node.ArgumentList, node.ArgumentList.CloseParenToken);
        }
    }

    /// <summary><c>mkevent(r, id, out s)</c> becomes <c>__c.Make(r, id, slot, line: n)</c>, argument by argument.</summary>
    private void EditEvent(InvocationExpressionSyntax call)
    {
        var name = call.Expression as SimpleNameSyntax ?? ((MemberAccessExpressionSyntax)call.Expression).Name;
        var types = name is GenericNameSyntax generic ? generic.TypeArgumentList.ToString() : "";
        _edits.Replace(call.Expression.Span, new ClosurePiece(), new TextPiece((KeptEvents.IsKept(call, _context) ? ".Keep" : ".Make") + types));
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
}

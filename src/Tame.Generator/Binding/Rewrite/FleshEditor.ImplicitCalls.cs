using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Tame.Generator.Binding.Rewrite;

/// <summary>
/// Calls that C# makes for clauses of a query, parts of a string, and elements of a collection. Their arguments cannot be written in the text, so caller
/// information that would describe generated code is reported.
/// </summary>
internal sealed partial class FleshEditor
{
    public override void VisitQueryExpression(QueryExpressionSyntax node)
    {
        base.VisitQueryExpression(node);
        var calls = Model.GetOperation(node, _context.Cancellation)?.DescendantsAndSelf().OfType<IInvocationOperation>() ?? [];
        foreach (var call in calls.Where(call => call.Syntax is QueryClauseSyntax or SelectOrGroupClauseSyntax or OrderingSyntax && call.Syntax.FirstAncestorOrSelf<QueryExpressionSyntax>() == node))
            CheckTold(call.TargetMethod, call.Arguments, call.Syntax, "a query clause", $"write the clause as a call of '{call.TargetMethod.Name}'");
    }

    private void CheckString(InterpolatedStringExpressionSyntax node)
    {
        if (Model.GetOperation(node, _context.Cancellation) is not IInterpolatedStringOperation { Parts: var parts } text) return;
        const string Instead = "create the string in an ordinary method";
        foreach (var part in parts.OfType<IInterpolatedStringAppendOperation>())
        {
            if (part.AppendCall is IInvocationOperation append) CheckTold(append.TargetMethod, append.Arguments, part.Syntax, "an interpolated string", Instead);
        }

        if (text.Parent is IInterpolatedStringHandlerCreationOperation { HandlerCreation: IObjectCreationOperation { Constructor: { } constructor } creation })
            CheckTold(constructor, creation.Arguments, node, "an interpolated string", Instead);
    }

    /// <summary>The calls of <c>Add</c> for elements next to a spread element, which no operation shows.</summary>
    private void CheckElements(CollectionExpressionSyntax node, INamedTypeSymbol type)
    {
        const string Element = "an element beside a spread element";
        const string Instead = "add it in a separate statement";
        foreach (var element in node.Elements.OfType<ExpressionElementSyntax>())
        {
            if (Adder(element.Expression, type) is not { } add) continue;
            if (TellsName(add)) ReportTold(add, element, "the name of its caller", Element, Instead);
            else if (Reads(add) && _edits.ChangeText(element.Span)) ReportTold(add, element, $"the text of '{add.Parameters[0].Name}'", Element, Instead);
        }
    }

    private void CheckTold(IMethodSymbol method, IReadOnlyCollection<IArgumentOperation> arguments, SyntaxNode place, string what, string instead)
    {
        foreach (var argument in arguments.Where(argument => argument is { ArgumentKind: ArgumentKind.DefaultValue, Parameter: not null }))
        {
            foreach (var attribute in argument.Parameter!.GetAttributes())
            {
                if (attribute.AttributeClass?.Name == CallerMember)
                    ReportTold(method, place, "the name of its caller", what, instead);
                else if (TextOf(attribute) is { } of && arguments.FirstOrDefault(other => other.Parameter?.Name == of)?.Syntax is { } source && _edits.ChangeText(source.Span))
                    ReportTold(method, place, $"the text of '{of}'", what, instead);
            }
        }
    }

    private void ReportTold(IMethodSymbol method, SyntaxNode place, string told, string what, string instead) =>
        _context.Report(Rules.ToldOfGeneratedCode, place, method.MethodKind == MethodKind.Constructor ? method.ContainingType.Name : method.Name, told, what, instead);
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace Tame.CodeFixes.AsyncToTamed;

/// <content>Declarations of variables that start with an awaited value.</content>
internal sealed partial class BodyRewriter
{
    private List<StatementSyntax> OfDeclaration(LocalDeclarationStatementSyntax statement)
    {
        var made = new List<StatementSyntax>();
        _isPossible &= statement.AwaitKeyword.IsKind(SyntaxKind.None);
        foreach (var variable in statement.Declaration.Variables)
        {
            if (variable.Initializer is { Value: var value } && HasAwait(value))
            {
                var slot = SlotFor(statement, variable, value);
                Hoist(value, made, slot);
                if (slot is not null)
                    continue;
            }
            var single = statement.WithDeclaration(statement.Declaration.WithVariables(SyntaxFactory.SingletonSeparatedList((VariableDeclaratorSyntax)Visit(variable)!)));
            made.Add(single.WithoutTrivia().WithTrailingTrivia(SyntaxFactory.ElasticLineFeed).WithAdditionalAnnotations(Formatter.Annotation));
        }
        return made;
    }

    /// <summary>A variable that has exactly the awaited type is the slot of its wait.</summary>
    private TaskSlot? SlotFor(LocalDeclarationStatementSyntax statement, VariableDeclaratorSyntax variable, ExpressionSyntax value)
    {
        if (Awaited(value) is not { Type.Result: { } result } || !statement.UsingKeyword.IsKind(SyntaxKind.None)
            || _method.Model.GetDeclaredSymbol(variable) is not ILocalSymbol local || !SymbolEqualityComparer.Default.Equals(local.Type, result))
            return null;
        var type = statement.Declaration.Type;
        var text = type.IsVar ? _method.TypeOf(result, isNullable: MayBecomeNull(local)) : type.ToString();
        _isPossible &= text is not null;
        return new TaskSlot(variable.Identifier.Text, text);
    }

    /// <summary>A variable declared with <c>var</c> may be given null later, whatever it starts with.</summary>
    private bool MayBecomeNull(ILocalSymbol local) => _method.Syntax.Body!.DescendantNodes().OfType<IdentifierNameSyntax>()
        .Where(name => name.Identifier.ValueText == local.Name && SymbolEqualityComparer.Default.Equals(_method.Model.GetSymbolInfo(name).Symbol, local))
        .Any(name => name.Parent switch
        {
            AssignmentExpressionSyntax assignment when assignment.Left == name => _method.Model.GetTypeInfo(assignment.Right).Nullability.FlowState != NullableFlowState.NotNull,
            ArgumentSyntax argument => argument.Parent is TupleExpressionSyntax || !argument.RefKindKeyword.IsKind(SyntaxKind.None),
            _ => false,
        });
}

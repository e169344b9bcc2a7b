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

    /// <summary>A variable that has exactly the awaited type is the slot of its wait. An underscore would discard the result.</summary>
    private TaskSlot? SlotFor(LocalDeclarationStatementSyntax statement, VariableDeclaratorSyntax variable, ExpressionSyntax value) =>
        Awaited(value) is { Type.Result: { } result } && statement.UsingKeyword.IsKind(SyntaxKind.None) && variable.Identifier.ValueText != "_"
        && _method.Model.GetDeclaredSymbol(variable) is ILocalSymbol local && SymbolEqualityComparer.Default.Equals(local.Type, result)
            ? new TaskSlot(variable.Identifier.Text, statement.Declaration.Type.WithoutTrivia().ToString()) : null;
}

using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Tame.Generator;

namespace Tame.CodeFixes;

/// <summary>Encloses the statement of an <c>mkevent</c> outside a block in a twait block.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class WrapInBlockFix() : Fix(Rules.OutsideBlock, "Wait for it here, in a twait block")
{
    private protected override Action<SyntaxEditor>? Find(SyntaxNode place, SemanticModel model)
    {
        if (place.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax statement || statement.Parent is LabeledStatementSyntax
            || statement.Expression == place || statement.DescendantNodes().OfType<DeclarationExpressionSyntax>().Any(declared => declared.Designation is SingleVariableDesignationSyntax))
            return null;
        return editor => editor.ReplaceNode(statement, (node, _) => StatementText.InPlaceOf((StatementSyntax)node, [$"using (twait()) {((StatementSyntax)node).WithoutTrivia()}"])[0]);
    }
}

using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Tame.Generator;

namespace Tame.CodeFixes;

/// <summary>Turns a bare <c>twait()</c> and the statement after it into a twait block.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class UsingTwaitFix() : Fix(Rules.NotAUsingStatement, "Make it 'using (twait()) …'")
{
    private protected override Action<SyntaxEditor>? Find(SyntaxNode place, SemanticModel model)
    {
        if (place.FirstAncestorOrSelf<ExpressionStatementSyntax>() is not { Expression: InvocationExpressionSyntax call, Parent: BlockSyntax block } statement)
            return null;
        var next = block.Statements.IndexOf(statement) + 1;
        if (next >= block.Statements.Count || block.Statements[next] is LocalDeclarationStatementSyntax or LocalFunctionStatementSyntax or LabeledStatementSyntax)
            return null;
        var waited = block.Statements[next];
        return editor =>
        {
            var rest = waited is BlockSyntax ? NewLine.TextOf(waited) + waited.ToFullString() : " " + waited.WithoutLeadingTrivia().ToFullString();
            var made = SyntaxFactory.ParseStatement($"using ({call}){rest}").WithLeadingTrivia(statement.GetLeadingTrivia());
            editor.RemoveNode(waited, SyntaxRemoveOptions.KeepNoTrivia);
            editor.ReplaceNode(statement, made);
        };
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.CodeFixes.WaitForms;

/// <summary>Comments between the removed parts of a block. They move to lines before the statement that replaces it.</summary>
internal static class Comments
{
    public static StatementSyntax KeepIn(StatementSyntax made, UsingStatementSyntax block)
    {
        var kept = made.DescendantTrivia().Where(IsComment).Select(trivia => trivia.ToString()).ToList();
        var lost = block.DescendantTrivia().Where(IsComment).Select(trivia => trivia.ToString()).Where(comment => !kept.Remove(comment)).ToList();
        var leading = made.GetLeadingTrivia();
        var indentation = leading is [.., { RawKind: (int)SyntaxKind.WhitespaceTrivia } last] ? last : SyntaxFactory.Whitespace("");
        return made.WithLeadingTrivia(leading.AddRange(lost.SelectMany(comment => new[] { SyntaxFactory.Comment(comment), NewLine.Of(block), indentation })));
    }

    private static bool IsComment(SyntaxTrivia trivia) => trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia;
}

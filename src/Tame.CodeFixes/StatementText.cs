using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace Tame.CodeFixes;

/// <summary>Statements made from text.</summary>
internal static class StatementText
{
    /// <summary>A statement on its own line.</summary>
    public static StatementSyntax Parse(string text) =>
        SyntaxFactory.ParseStatement(text).WithTrailingTrivia(SyntaxFactory.ElasticLineFeed).WithAdditionalAnnotations(Formatter.Annotation);

    /// <summary>Replaces one statement with several. The first gets the text before it, and the last gets the text after it on its line.</summary>
    public static List<StatementSyntax> InPlaceOf(StatementSyntax statement, IEnumerable<StatementSyntax> statements)
    {
        var made = statements.ToList();
        if (made.Count == 0)
            return made;
        made[0] = made[0].WithLeadingTrivia(statement.GetLeadingTrivia());
        var trailing = statement.GetTrailingTrivia();
        made[made.Count - 1] = made[made.Count - 1].WithTrailingTrivia(trailing.Any(SyntaxKind.EndOfLineTrivia) ? trailing : trailing.Add(SyntaxFactory.ElasticLineFeed));
        return made;
    }

    public static List<StatementSyntax> InPlaceOf(StatementSyntax statement, IEnumerable<string> texts) => InPlaceOf(statement, texts.Select(Parse));
}

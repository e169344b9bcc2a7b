using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace Tame.CodeFixes;

/// <summary>The statements that wait where something else stood.</summary>
internal static class WaitSyntax
{
    /// <summary>A wait for so long; a plain number counts milliseconds, as it does for <c>Sleep</c> and <c>Delay</c>.</summary>
    public static string Timer(ExpressionSyntax time, SemanticModel model) =>
        $"using (twait()) timer({(model.GetTypeInfo(time).Type?.SpecialType == SpecialType.System_Int32 ? $"TimeSpan.FromMilliseconds({time})" : time)}, mkevent());";

    /// <summary>Statements in place of one, with what stood before and behind it.</summary>
    public static List<StatementSyntax> InPlaceOf(StatementSyntax statement, IEnumerable<string> texts)
    {
        var made = texts.Select(text => SyntaxFactory.ParseStatement(text).WithTrailingTrivia(SyntaxFactory.ElasticLineFeed).WithAdditionalAnnotations(Formatter.Annotation)).ToList();
        made[0] = made[0].WithLeadingTrivia(statement.GetLeadingTrivia());
        made[made.Count - 1] = made[made.Count - 1].WithTrailingTrivia(statement.GetTrailingTrivia());
        return made;
    }
}

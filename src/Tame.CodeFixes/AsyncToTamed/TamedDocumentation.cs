using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Tame.CodeFixes.AsyncToTamed;

/// <summary>Writes the documentation of the declaration. The text about the returned value becomes the text about the event.</summary>
internal sealed class TamedDocumentation(AsyncMethod method)
{
    private const string Returns = "<returns>", ReturnsEnd = "</returns>", Parameter = "<param ", ParameterEnd = "</param>";

    /// <summary>The comments and directives before the declaration.</summary>
    public SyntaxTriviaList Of(SyntaxTriviaList leading)
    {
        var text = leading.ToFullString();
        if (leading.Any(Is))
            text = WithEvent(text);
        return SyntaxFactory.ParseLeadingTrivia(text);
    }

    public static bool Is(SyntaxTrivia trivia) => trivia.Kind() is SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia;

    private string WithEvent(string text)
    {
        var start = $"<param name=\"{method.Event}\">";
        if (text.Contains(Returns))
            return text.Replace(Returns, start).Replace(ReturnsEnd, ParameterEnd);
        if (!text.Contains(Parameter) || text.LastIndexOf(ParameterEnd, StringComparison.Ordinal) is var last && last < 0)
            return text;
        var lineStart = text.LastIndexOf('\n', last) + 1;
        var linePrefix = text.Substring(lineStart, text.IndexOf('<', lineStart) - lineStart);
        var lineEnd = text.IndexOf('\n', last);
        return lineEnd < 0 ? text : text.Insert(lineEnd + 1, $"{linePrefix}{start}Completes when the call has ended.{ParameterEnd}{(text[lineEnd - 1] == '\r' ? "\r\n" : "\n")}");
    }
}

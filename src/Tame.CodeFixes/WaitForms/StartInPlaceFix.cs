using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Tame.Generator;
using Tame.Generator.Binding.Facts;

namespace Tame.CodeFixes.WaitForms;

/// <summary>Gives a <c>twait</c> the lambda that it needs, in place of a method, a delegate or a cast.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class StartInPlaceFix() : Fix(Rules.NoStartLambda, "Write a lambda in place")
{
    private protected override Action<SyntaxEditor>? Find(SyntaxNode place, SemanticModel model)
    {
        // Without the delegate, the event gets its type only from the slots.
        if (place is not ExpressionSyntax start || place.FirstAncestorOrSelf<ArgumentListSyntax>() is not { } arguments || arguments.Arguments.Any(argument => UntypedSlot.NameOf(argument.Expression, model) is not null)
            || LambdaFor(start, model) is not { } text)
            return null;
        return editor => editor.ReplaceNode(start, SyntaxFactory.ParseExpression(text).WithTriviaFrom(start));
    }

    private static string? LambdaFor(ExpressionSyntax start, SemanticModel model)
    {
        if (start is CastExpressionSyntax cast)
            return AwaitedTask.WithoutParentheses(cast.Expression) is AnonymousFunctionExpressionSyntax lambda ? lambda.WithoutTrivia().ToString() : null;
        if (start is not (NameSyntax or MemberAccessExpressionSyntax) || !LambdaRules.Allow(start, model))
            return null;
        var e = WaitSyntax.EventName(start.ToString());
        return $"{e} => {start.WithoutTrivia()}({e})";
    }
}

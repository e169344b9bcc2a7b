using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Tame.Generator;
using Tame.Generator.Flow;

namespace Tame.CodeFixes.WaitForms;

/// <summary>Writes a <c>twait(e => …)</c> as a block if its lambda contains another wait or event, or code that no lambda can use.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class BlockInsteadFix() : Fix("Write the wait as a block", Rules.InStartLambda.Id, Rules.StartLambdaIsAFunction.Id)
{
    private protected override Action<SyntaxEditor>? Find(SyntaxNode place, SemanticModel model) =>
        PrimitiveSymbols.Resolve(model.Compilation) is { } primitives && (Around(place) ?? Assigning(place, model)) is { } wait && BlockForm.Of(wait, model, primitives) is { } texts
            ? editor => WaitFormRefactoring.Replace(wait, texts, editor) : null;

    private static ExpressionStatementSyntax? Around(SyntaxNode place) => place.Ancestors().OfType<ExpressionStatementSyntax>()
        .FirstOrDefault(statement => LambdaOf(statement) is { } lambda && lambda.Span.Contains(place.Span));

    /// <summary>The earlier wait whose lambda assigns the variable at a node.</summary>
    private static ExpressionStatementSyntax? Assigning(SyntaxNode place, SemanticModel model) => place is not IdentifierNameSyntax name || model.GetSymbolInfo(name).Symbol is not { } variable ? null
        : place.FirstAncestorOrSelf<MemberDeclarationSyntax>()!.DescendantNodes().OfType<ExpressionStatementSyntax>().LastOrDefault(statement => statement.Span.End <= place.SpanStart
            && LambdaOf(statement)?.DescendantNodes().OfType<IdentifierNameSyntax>().Any(written => LambdaRules.IsWritten(written) && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(written).Symbol, variable)) == true);

    private static AnonymousFunctionExpressionSyntax? LambdaOf(ExpressionStatementSyntax statement) => statement.Expression is InvocationExpressionSyntax call ? StartLambda.Of(call) : null;
}

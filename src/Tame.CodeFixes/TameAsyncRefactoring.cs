using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using Tame.Generator.Analysis.Paths;
using Tame.Generator.Binding.Pair;
using Tame.Generator.Model;

namespace Tame.CodeFixes;

/// <summary>Turns an <c>async Task</c> method into a tamed pair, where each of its awaits has a place that a wait can take.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp), Shared]
public sealed class TameAsyncRefactoring : CodeRefactoringProvider
{
    /// <inheritdoc />
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span).FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { Body: { } body } method || model is null
            || method.Identifier.Span.End < context.Span.Start || !CanBeTamed(method, model)
            || !AwaitRewriter.Awaits(body).All(found => AwaitRewriter.CanBeMapped(found, model)))
            return;
        context.RegisterRefactoring(CodeAction.Create("Turn into a tamed method", cancellation => ApplyAsync(context.Document, method, cancellation), nameof(TameAsyncRefactoring)));
    }

    private static bool CanBeTamed(MethodDeclarationSyntax method, SemanticModel model) =>
        method.Modifiers.Any(SyntaxKind.AsyncKeyword) && method.ExplicitInterfaceSpecifier is null
        && method.Parent is ClassDeclarationSyntax or RecordDeclarationSyntax { ClassOrStructKeyword.RawKind: not (int)SyntaxKind.StructKeyword }
        && model.GetDeclaredSymbol(method) is { ReturnType: INamedTypeSymbol { Name: "Task" or "ValueTask" }, IsOverride: false } symbol
        && symbol.Parameters.All(p => p.RefKind == RefKind.None && p.Name != "done");

    private static async Task<Document> ApplyAsync(Document document, MethodDeclarationSyntax method, CancellationToken cancellation)
    {
        var editor = await DocumentEditor.CreateAsync(document, cancellation).ConfigureAwait(false);
        var result = method.ReturnType is GenericNameSyntax { TypeArgumentList.Arguments: [var type] } ? type.WithoutTrivia() : null;
        var (declaration, body) = Pair(method, result, editor.SemanticModel);
        editor.InsertBefore(method, declaration);
        editor.ReplaceNode(method, body);
        PairSyntax.MakePartial(method, editor);
        return editor.GetChangedDocument();
    }

    private static (MethodDeclarationSyntax Declaration, MethodDeclarationSyntax Body) Pair(MethodDeclarationSyntax method, TypeSyntax? result, SemanticModel model)
    {
        var name = method.Identifier.ValueText;
        name = name.EndsWith("Async", StringComparison.Ordinal) && name.Length > 5 ? name.Substring(0, name.Length - 5) : name;
        var done = SyntaxFactory.Parameter(SyntaxFactory.Identifier("done")).WithType(SyntaxFactory.ParseTypeName(result is null ? "Event" : $"Event<{result}>").WithTrailingTrivia(SyntaxFactory.Space));
        var whole = method.WithModifiers(SyntaxFactory.TokenList(method.Modifiers.Where(m => !m.IsKind(SyntaxKind.AsyncKeyword))))
            .WithReturnType(SyntaxFactory.PredefinedType(SyntaxFactory.Token(SyntaxKind.VoidKeyword)).WithTriviaFrom(method.ReturnType))
            .WithParameterList(SyntaxFactory.ParseParameterList($"({string.Join(", ", method.ParameterList.Parameters.Select(p => p.ToString()).Append(done.ToFullString()))})"));
        var declared = whole.Modifiers.Any(ShapeRules.IsAccessibility) ? whole : whole.WithModifiers(whole.Modifiers.Insert(0, SyntaxFactory.Token(SyntaxKind.PrivateKeyword)));
        var statements = (BlockSyntax)new AwaitRewriter(model).Visit(method.Body!)!;
        if (result is null && statements.Statements.LastOrDefault() is not ReturnStatementSyntax)
            statements = statements.AddStatements(SyntaxFactory.ParseStatement("done.Trigger();").WithTrailingTrivia(SyntaxFactory.ElasticLineFeed).WithAdditionalAnnotations(Formatter.Annotation));
        var declaration = PairSyntax.Declaration(declared.WithIdentifier(SyntaxFactory.Identifier(name)));
        var body = PairSyntax.Body(declared, name + Pairing.Suffix).WithBody(WithoutLastReturn(statements))
            .WithLeadingTrivia(method.GetLeadingTrivia()).WithTrailingTrivia(method.GetTrailingTrivia());
        return (declaration, body);
    }

    private static BlockSyntax WithoutLastReturn(BlockSyntax body) =>
        body.Statements.LastOrDefault() is ReturnStatementSyntax last ? body.RemoveNode(last, SyntaxRemoveOptions.KeepNoTrivia)! : body;
}

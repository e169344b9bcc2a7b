using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Flow;

namespace Tame.CodeFixes.WaitForms;

/// <summary>Writes <c>twait(e => …)</c> or <c>twait(task)</c> as a twait block, with the variables that it declares before it.</summary>
internal sealed class BlockForm
{
    private readonly SemanticModel _model;
    private readonly ExpressionStatementSyntax _statement;
    private readonly InvocationExpressionSyntax _call;
    private readonly BlockSlots _slots;
    private readonly PrimitiveSymbols _primitives;

    private BlockForm(SemanticModel model, ExpressionStatementSyntax statement, InvocationExpressionSyntax call, BlockSlots slots, PrimitiveSymbols primitives) =>
        (_model, _statement, _call, _slots, _primitives) = (model, statement, call, slots, primitives);

    /// <summary>The texts of the statements. Null: the statement is not such a wait, or its code has another meaning in a block.</summary>
    public static IReadOnlyList<string>? Of(ExpressionStatementSyntax statement, SemanticModel model, PrimitiveSymbols primitives)
    {
        if (statement.Expression is not InvocationExpressionSyntax call || call.DescendantTrivia().Any(trivia => trivia.IsDirective))
            return null;
        if (CalledBy(call, model, primitives) is not { } twait || BlockSlots.Of(call, twait, model) is not { } slots
            || (slots.Declarations.Count > 0 && statement.Parent is not (BlockSyntax or SwitchSectionSyntax)))
            return null;
        var form = new BlockForm(model, statement, call, slots, primitives);
        var block = primitives.FormOf(twait) switch
        {
            WaitForm.Task => form.OfTask(),
            WaitForm.Start => form.OfStart(),
            _ => null,
        };
        return block is null ? null : [.. slots.Declarations, block];
    }

    /// <summary>The method. If the compiler rejects the code in the lambda, it has not chosen an overload, so the arguments decide.</summary>
    private static IMethodSymbol? CalledBy(InvocationExpressionSyntax call, SemanticModel model, PrimitiveSymbols primitives)
    {
        var info = model.GetSymbolInfo(call);
        return info.Symbol as IMethodSymbol ?? info.CandidateSymbols.OfType<IMethodSymbol>()
            .FirstOrDefault(method => primitives.FormOf(method) == WaitForm.Start && StartLambda.Of(call) is not null && method.Parameters.Length == call.ArgumentList.Arguments.Count);
    }

    private string? OfTask()
    {
        var task = _call.ArgumentList.Arguments[0].Expression;
        return LambdaRules.DeclaresVariables(task) || TaskType.Of(_model.GetTypeInfo(task).Type) is not { } type ? null
            : WaitSyntax.BlockForTask(task.WithoutTrivia().ToString(), _slots.IsEmpty && type is { IsValueTask: true, Result: { } result } ? BlockSlots.Discard(result, _model, _statement) : _slots.Text);
    }

    private string? OfStart()
    {
        if (StartLambda.Of(_call) is not { } lambda || _model.GetSymbolInfo(lambda).Symbol is not IMethodSymbol function || StartLambda.ParameterOf(function) is not { Name: not "_" } parameter
            || lambda.ExpressionBody is ThrowExpressionSyntax || Inside(lambda).Any(node => node is ReturnStatementSyntax or LabeledStatementSyntax or GotoStatementSyntax))
            return null;
        var uses = lambda.Body.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == parameter.Name && IsDeclaredAs(name, parameter)).ToList();
        var names = new TakenNames(_statement, _model);
        if (uses.Count == 0 || Inside(lambda).Select(DeclaredName).Any(name => name is not null && names.Has(name)))
            return null;
        if (uses is [var use] && CanBeMadeAt(use, lambda))
            return Write(lambda, uses, $"mkevent({_slots.Text})", declaration: "");
        var e = names.Has(parameter.Name) ? new FreshNames(_statement.FirstAncestorOrSelf<MemberDeclarationSyntax>()!).Make(parameter.Name) : uses[0].Identifier.Text;
        return Write(lambda, uses, e, $"{EventType.Of(_call, lambda, parameter, new(_model, _primitives, default), _model)} {e} = mkevent({_slots.Text});");
    }

    private bool IsDeclaredAs(IdentifierNameSyntax name, IParameterSymbol parameter) => _model.GetSymbolInfo(name).Symbol is IParameterSymbol { DeclaringSyntaxReferences: [var declaration] }
        && declaration.Span == parameter.DeclaringSyntaxReferences[0].Span;

    /// <summary>
    /// Whether the event may be created where it is used: in a statement that always runs, after nothing that could change the locations of the values.
    /// </summary>
    private bool CanBeMadeAt(IdentifierNameSyntax use, AnonymousFunctionExpressionSyntax lambda)
    {
        var whole = lambda.ExpressionBody ?? (use.FirstAncestorOrSelf<StatementSyntax>() is ExpressionStatementSyntax { Expression: var expression } statement && statement.Parent == lambda.Block ? expression : null);
        return whole is not null && Evaluation.IsUnconditional(use, whole) && !LambdaRules.IsWritten(use) && !_model.GetConstantValue(use.FirstAncestorOrSelf<InvocationExpressionSyntax>() ?? whole).HasValue
            && (_slots.AreVariables || (lambda.ExpressionBody is not null && Evaluation.IsInertBefore(use, whole)));
    }

    private string Write(AnonymousFunctionExpressionSyntax lambda, List<IdentifierNameSyntax> uses, string e, string declaration)
    {
        var body = lambda.Body.ReplaceNodes(uses, (use, _) => SyntaxFactory.ParseExpression(e).WithTriviaFrom(use));
        if (body is not BlockSyntax block)
            return declaration.Length == 0 ? WaitSyntax.Block($"{body.WithoutTrivia()};") : WaitSyntax.Block($"{{ {declaration} {body.WithoutTrivia()}; }}");
        if (declaration.Length > 0)
            block = block.WithStatements(block.Statements.Insert(0, SyntaxFactory.ParseStatement(declaration).WithLeadingTrivia(block.Statements[0].GetLeadingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)))
                .WithTrailingTrivia(block.OpenBraceToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia) ? NewLine.Of(_statement) : SyntaxFactory.Space)));
        return WaitSyntax.Block((block.OpenBraceToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia) ? NewLine.TextOf(_statement) : "") + block.WithoutTrivia());
    }

    /// <summary>The code of a lambda, without that of functions in it.</summary>
    private static IEnumerable<SyntaxNode> Inside(AnonymousFunctionExpressionSyntax lambda) =>
        lambda.Body.DescendantNodesAndSelf(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax));

    private static string? DeclaredName(SyntaxNode node) => node switch
    {
        VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
        SingleVariableDesignationSyntax variable => variable.Identifier.ValueText,
        ForEachStatementSyntax loop => loop.Identifier.ValueText,
        CatchDeclarationSyntax { Identifier.ValueText: { Length: > 0 } name } => name,
        LocalFunctionStatementSyntax function => function.Identifier.ValueText,
        _ => null,
    };
}

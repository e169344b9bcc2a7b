using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Binding.Facts;
using Tame.Generator.Flow;

namespace Tame.CodeFixes.WaitForms;

/// <summary>Writes a twait block with one event as one statement, if that has the same meaning.</summary>
internal sealed class EverydayForm
{
    private readonly SemanticModel _model;
    private readonly UsingStatementSyntax _block;
    private readonly ExpressionSyntax _operation;
    private readonly InvocationExpressionSyntax _event;

    private EverydayForm(SemanticModel model, UsingStatementSyntax block, ExpressionSyntax operation, InvocationExpressionSyntax made) =>
        (_model, _block, _operation, _event) = (model, block, operation, made);

    /// <summary>The text of the statement. Null: the block has no such form.</summary>
    public static string? Of(UsingStatementSyntax block, SemanticModel model, PrimitiveSymbols primitives)
    {
        if (block.Expression is not InvocationExpressionSyntax call || model.GetSymbolInfo(call).Symbol is not IMethodSymbol twait || !primitives.IsTwaitBlock(twait)
            || OnlyStatement(block.Statement) is not ExpressionStatementSyntax { Expression: var operation } || block.DescendantTrivia().Any(trivia => trivia.IsDirective))
            return null;
        var names = operation.DescendantNodes().OfType<SimpleNameSyntax>().Where(name => name.Identifier.ValueText is "twait" or "mkevent").ToList();
        return names is [{ } name] && name.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } made && made != operation && Waits.CalledName(made) == "mkevent"
            && model.GetSymbolInfo(made).Symbol is IMethodSymbol method && primitives.IsMkeventOfBlock(method) && Evaluation.IsUnconditional(made, operation)
            ? new EverydayForm(model, block, operation, made).Write(call.Expression.WithoutTrivia().ToString()) : null;
    }

    private static StatementSyntax OnlyStatement(StatementSyntax statement) => statement is BlockSyntax { Statements: [var only] } ? OnlyStatement(only) : statement;

    private string? Write(string twait)
    {
        var slots = _event.ArgumentList.Arguments;
        if (!slots.All(slot => slot.NameColon is null && slot.RefKindKeyword.IsKind(SyntaxKind.OutKeyword) && IsFreeBehind(slot.Expression)))
            return null;
        var name = _event.Expression as SimpleNameSyntax ?? ((MemberAccessExpressionSyntax)_event.Expression).Name;
        twait += (name as GenericNameSyntax)?.TypeArgumentList.ToString();
        var texts = slots.Select(slot => slot.WithoutTrivia().ToString());
        if (Task() is { } task)
            return LambdaRules.DeclaresVariables(task) ? null : WaitSyntax.ForTask(twait, task.ToString(), texts);
        if (!LambdaRules.Allow(_operation, _model, except: _event) || !slots.All(slot => CanBeFoundFirst(slot.Expression)))
            return null;
        var e = WaitSyntax.EventName(_operation.ToString());
        var code = _operation.ReplaceNode(_event, SyntaxFactory.IdentifierName(e).WithTriviaFrom(_event)).WithoutTrivia().ToString();
        return WaitSyntax.ForStart(twait, e, code, texts);
    }

    /// <summary>The task of <c>task.Trigger(mkevent(…))</c>.</summary>
    private ExpressionSyntax? Task() => _operation is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Trigger" } access, ArgumentList.Arguments: [{ Expression: var argument }] }
        && argument == _event && _model.GetSymbolInfo(_operation).Symbol is IMethodSymbol { ContainingType: { Name: "TaskAdapters", ContainingNamespace: { Name: "Tame", ContainingNamespace.IsGlobalNamespace: true } } }
        && TaskType.Of(_model.GetTypeInfo(access.Expression).Type) is not null ? AwaitedTask.WithoutParentheses(access.Expression).WithoutTrivia() : null;

    /// <summary>
    /// The statement locates a value before it starts the operation. The part of the operation before the event must not change that location.
    /// </summary>
    private bool CanBeFoundFirst(ExpressionSyntax slot)
    {
        var place = Evaluation.Place(slot);
        if (place is DeclarationExpressionSyntax || _model.GetSymbolInfo(place).Symbol is IDiscardSymbol)
            return true;
        return _model.GetSymbolInfo(place).Symbol is ILocalSymbol or IParameterSymbol
            ? !Mentions(((IdentifierNameSyntax)place).Identifier.ValueText).Any(name => name.SpanStart > _event.SpanStart || LambdaRules.IsWritten(name))
            : Evaluation.IsInertBefore(_event, _operation);
    }

    /// <summary>A variable that the event declares remains in scope after the statement. Its name must not have another meaning there.</summary>
    private bool IsFreeBehind(ExpressionSyntax slot)
    {
        if (slot is not DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax { Identifier.ValueText: var name } })
            return true;
        return !Mentions(name).Any() && (_block.Parent is not (BlockSyntax or SwitchSectionSyntax or LabeledStatementSyntax or GlobalStatementSyntax)
            || !Scope().DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name && !_block.Span.Contains(token.Span) && HasMeaning(token)));
    }

    private SyntaxNode Scope() => _block.Ancestors().First(node => node is BlockSyntax or SwitchStatementSyntax or MemberDeclarationSyntax);

    private bool HasMeaning(SyntaxToken token) => token.Parent is not IdentifierNameSyntax name
        || (!IsMemberName(name) && _model.GetSymbolInfo(name) is var info && (info.Symbol is not null || !info.CandidateSymbols.IsEmpty));

    private static bool IsMemberName(IdentifierNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Name == name,
        MemberBindingExpressionSyntax or NameColonSyntax or QualifiedNameSyntax => true,
        _ => false,
    };

    private IEnumerable<IdentifierNameSyntax> Mentions(string name) =>
        _operation.DescendantNodes(node => node != _event).OfType<IdentifierNameSyntax>().Where(mention => mention.Identifier.ValueText == name);
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace Tame.CodeFixes.AsyncToTamed;

/// <summary>Rewrites the statements of an async method for a tamed body: waits for awaits, triggers for returns. Nested functions do not change.</summary>
internal sealed partial class BodyRewriter : CSharpSyntaxRewriter
{
    private readonly AsyncMethod _method;
    private readonly Replacements _replacements = new();
    private readonly AwaitHoister _hoister;
    private readonly ReturnWriter _returns;
    private bool _isPossible = true;

    private BodyRewriter(AsyncMethod method)
    {
        _method = method;
        _returns = new ReturnWriter(method);
        _hoister = new AwaitHoister(method, _replacements);
    }

    /// <summary>Writes the body. Null: a wait cannot replace one of the awaits.</summary>
    public static BlockSyntax? Rewrite(AsyncMethod method)
    {
        var rewriter = new BodyRewriter(method);
        var body = method.Syntax.Body is { } block ? (BlockSyntax)rewriter.Visit(block)!
            : SyntaxFactory.Block(rewriter.OfExpression(method.Syntax.ExpressionBody!.Expression)).WithAdditionalAnnotations(Formatter.Annotation);
        return rewriter._isPossible ? rewriter._returns.Finish(body) : null;
    }

    public override SyntaxNode? Visit(SyntaxNode? node) => node switch
    {
        ExpressionSyntax expression => Value(expression),
        BlockSyntax or null => base.Visit(node),
        StatementSyntax { Parent: not (BlockSyntax or SwitchSectionSyntax or LabeledStatementSyntax) } statement => Embedded(statement),
        _ => base.Visit(node),
    };

    public override SyntaxNode? VisitBlock(BlockSyntax node) => node.WithStatements(SyntaxFactory.List(Sequence(node, node.Statements)));

    public override SyntaxNode? VisitSwitchSection(SwitchSectionSyntax node) =>
        node.WithLabels(VisitList(node.Labels)).WithStatements(SyntaxFactory.List(node.Statements.SelectMany(Rewritten)));

    /// <summary>An expression with its awaits replaced. An await that was not moved makes the refactoring impossible.</summary>
    private SyntaxNode Value(ExpressionSyntax expression)
    {
        _isPossible &= AwaitedTask.AwaitsIn(expression).All(_replacements.Has);
        return _replacements.Visit(expression)!;
    }

    private StatementSyntax Embedded(StatementSyntax statement)
    {
        var made = Rewritten(statement);
        return made.Count == 1 ? made[0] : SyntaxFactory.Block(made).WithAdditionalAnnotations(Formatter.Annotation);
    }

    private List<StatementSyntax> Rewritten(StatementSyntax statement) => statement switch
    {
        LocalFunctionStatementSyntax => [statement],
        LabeledStatementSyntax labeled => Labeled(labeled),
        ReturnStatementSyntax @return => StatementText.InPlaceOf(statement, OfReturn(@return)),
        ExpressionStatementSyntax { Expression: var expression } when HasAwait(expression) => StatementText.InPlaceOf(statement, OfExpressionStatement((ExpressionStatementSyntax)statement)),
        LocalDeclarationStatementSyntax declaration when HasAwait(declaration) => StatementText.InPlaceOf(statement, OfDeclaration(declaration)),
        WhileStatementSyntax loop when HasAwait(loop.Condition) => StatementText.InPlaceOf(statement, OfWhile(loop)),
        _ => OfOther(statement),
    };

    private static bool HasAwait(SyntaxNode node) => AwaitedTask.AwaitsIn(node).Any();

    private List<StatementSyntax> Labeled(LabeledStatementSyntax labeled)
    {
        var made = Rewritten(labeled.Statement);
        if (made.Count == 0)
            made.Add(SyntaxFactory.EmptyStatement().WithTrailingTrivia(labeled.Statement.GetTrailingTrivia()));
        made[0] = labeled.WithStatement(made[0]);
        return made;
    }

    /// <summary>Moves the awaits of an expression before its statement, or records that this is impossible.</summary>
    private void Hoist(ExpressionSyntax root, List<StatementSyntax> statements, TaskSlot? slot = null) => _isPossible &= _hoister.TryHoist(root, slot, statements);

    private List<StatementSyntax> OfReturn(ReturnStatementSyntax statement)
    {
        var made = new List<StatementSyntax>();
        if (statement.Expression is not { } expression)
            return [.. _returns.InPlaceOf(statement, value: null)];
        var slot = Awaited(expression) is { Type.Result: { } result } && _returns.SlotFor(result) is { } variable ? new TaskSlot(variable) : null;
        Hoist(expression, made, slot);
        made.AddRange(_returns.InPlaceOf(statement, slot is null ? TextOf(expression) : null, IsDynamic(expression)));
        return made;
    }

    private List<StatementSyntax> OfExpression(ExpressionSyntax expression)
    {
        var made = new List<StatementSyntax>();
        if (expression is ThrowExpressionSyntax error)
        {
            Hoist(error.Expression, made);
            made.Add(StatementText.Parse($"throw {TextOf(error.Expression)};"));
        }
        else if (_method.Type?.Result is not null)
        {
            Hoist(expression, made);
            made.AddRange(_returns.InPlaceOf(statement: null, TextOf(expression), IsDynamic(expression)));
        }
        else
        {
            made.AddRange(OfStatementExpression(expression));
        }
        return made;
    }

    private List<StatementSyntax> OfExpressionStatement(ExpressionStatementSyntax statement) => OfStatementExpression(statement.Expression);

    private List<StatementSyntax> OfStatementExpression(ExpressionSyntax expression)
    {
        var made = new List<StatementSyntax>();
        var (root, slot) = expression is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment && Awaited(assignment.Right) is { Type.Result: { } result }
            && SlotFor(assignment.Left, result) is { } target ? (assignment.Right, target) : (expression, Awaited(expression) is null ? null : TaskSlot.None);
        Hoist(root, made, slot);
        if (slot is null)
            made.Add(StatementText.Parse($"{TextOf(expression)};"));
        return made;
    }

    private TaskSlot? SlotFor(ExpressionSyntax target, ITypeSymbol result) =>
        _method.Model.GetSymbolInfo(target).Symbol is IDiscardSymbol ? TaskSlot.None : _method.IsSlot(target, result) ? new TaskSlot(target.ToString()) : null;

    private List<StatementSyntax> OfWhile(WhileStatementSyntax loop)
    {
        var made = new List<StatementSyntax>();
        _isPossible &= IsBool(loop.Condition);
        Hoist(loop.Condition, made);
        made.Add(StatementText.Parse($"if ({Negated(loop.Condition)}) break;"));
        made.AddRange(loop.Statement is BlockSyntax block ? Sequence(block, block.Statements) : Rewritten(loop.Statement));
        return [loop.WithCondition(SyntaxFactory.LiteralExpression(SyntaxKind.TrueLiteralExpression)).WithStatement(SyntaxFactory.Block(made)).WithAdditionalAnnotations(Formatter.Annotation)];
    }

    private string Negated(ExpressionSyntax condition) => condition switch
    {
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not when IsBool(not.Operand) => TextOf(not.Operand),
        _ when _replacements.Has(AwaitedTask.WithoutParentheses(condition)) => $"!{TextOf(condition)}",
        _ => $"!({TextOf(condition)})",
    };

    private List<StatementSyntax> OfOther(StatementSyntax statement)
    {
        _isPossible &= !statement.ChildTokens().Any(token => token.IsKind(SyntaxKind.AwaitKeyword));
        var made = new List<StatementSyntax>();
        if (EvaluatedFirst(statement) is { } first && HasAwait(first))
            Hoist(first, made);
        var visited = (StatementSyntax)base.Visit(statement)!;
        if (made.Count == 0)
            return [visited];
        made.Add(visited.WithAdditionalAnnotations(Formatter.Annotation));
        return StatementText.InPlaceOf(statement, made);
    }

    /// <summary>The expression that a statement evaluates first, and once.</summary>
    private static ExpressionSyntax? EvaluatedFirst(StatementSyntax statement) => statement switch
    {
        IfStatementSyntax choice => choice.Condition,
        SwitchStatementSyntax choice => choice.Expression,
        CommonForEachStatementSyntax loop => loop.Expression,
        ThrowStatementSyntax error => error.Expression,
        LockStatementSyntax locked => locked.Expression,
        UsingStatementSyntax { Expression: { } resource } => resource,
        UsingStatementSyntax { Declaration.Variables: [{ Initializer.Value: var resource }, ..] } => resource,
        ForStatementSyntax { Declaration.Variables: [{ Initializer.Value: var start }, ..] } => start,
        ForStatementSyntax { Initializers: [var start, ..] } => start,
        _ => null,
    };

    private AwaitedTask? Awaited(ExpressionSyntax expression) =>
        AwaitedTask.WithoutParentheses(expression) is AwaitExpressionSyntax awaited ? AwaitedTask.Of(awaited, _method.Model) : null;

    private bool IsBool(ExpressionSyntax expression) => _method.Model.GetTypeInfo(expression).Type?.SpecialType == SpecialType.System_Boolean;

    private bool IsDynamic(ExpressionSyntax expression) => _method.Model.GetTypeInfo(expression).Type?.TypeKind == TypeKind.Dynamic;

    private string TextOf(ExpressionSyntax expression) => Value(expression).WithoutTrivia().ToString();
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace Tame.CodeFixes;

/// <summary>Writes waits for awaits, and triggers of <c>done</c> for returns. An await is mapped where it is a statement, or all that a variable is given.</summary>
internal sealed class AwaitRewriter(SemanticModel model) : CSharpSyntaxRewriter
{
    /// <summary>All that a body awaits, in whatever form; what nested functions await is their own.</summary>
    public static IEnumerable<SyntaxNode> Awaits(BlockSyntax body) => body.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
        .Where(node => node is AwaitExpressionSyntax || node.ChildTokens().Any(token => token.IsKind(SyntaxKind.AwaitKeyword)));

    public static bool CanBeMapped(SyntaxNode found, SemanticModel model) => found is AwaitExpressionSyntax awaited && IsTask(awaited, model) && awaited.Parent switch
    {
        ExpressionStatementSyntax or ReturnStatementSyntax => true,
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Parent: ExpressionStatementSyntax } assignment => IsSlot(assignment.Left, model),
        EqualsValueClauseSyntax { Parent.Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } } } => true,
        _ => false,
    };

    public override SyntaxNode? VisitAnonymousMethodExpression(AnonymousMethodExpressionSyntax node) => node;

    public override SyntaxNode? VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node) => node;

    public override SyntaxNode? VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node) => node;

    public override SyntaxNode? VisitLocalFunctionStatement(LocalFunctionStatementSyntax node) => node;

    public override SyntaxNode? VisitBlock(BlockSyntax node) => node.WithStatements(SyntaxFactory.List(node.Statements.SelectMany(Rewritten)));

    public override SyntaxNode? VisitSwitchSection(SwitchSectionSyntax node) => node.WithStatements(SyntaxFactory.List(node.Statements.SelectMany(Rewritten)));

    public override SyntaxNode? Visit(SyntaxNode? node)
    {
        if (node is not StatementSyntax statement || statement is BlockSyntax || statement.Parent is BlockSyntax or SwitchSectionSyntax)
            return base.Visit(node);
        var made = Rewritten(statement);
        return made.Count == 1 ? made[0] : SyntaxFactory.Block(made).WithAdditionalAnnotations(Formatter.Annotation);
    }

    private List<StatementSyntax> Rewritten(StatementSyntax statement) =>
        Texts(statement) is { } texts ? StatementText.InPlaceOf(statement, texts) : [(StatementSyntax)base.Visit(statement)!];

    private string[]? Texts(StatementSyntax statement) => statement switch
    {
        ExpressionStatementSyntax { Expression: AwaitExpressionSyntax awaited } => [Wait(awaited, "")],
        ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Right: AwaitExpressionSyntax awaited } assignment } => [Wait(awaited, $"out {assignment.Left}")],
        LocalDeclarationStatementSyntax { Declaration: { Variables: [{ Initializer.Value: AwaitExpressionSyntax awaited } variable] } declaration } =>
            [$"{TypeOf(declaration, awaited)} {variable.Identifier.Text};", Wait(awaited, $"out {variable.Identifier.Text}")],
        ReturnStatementSyntax { Expression: AwaitExpressionSyntax awaited } => [$"{Result(awaited)} result;", Wait(awaited, "out result"), "done.Trigger(result);", "return;"],
        ReturnStatementSyntax { Expression: { } value } => [$"done.Trigger({value});", "return;"],
        ReturnStatementSyntax => ["done.Trigger();", "return;"],
        _ => null,
    };

    private string TypeOf(VariableDeclarationSyntax declaration, AwaitExpressionSyntax awaited) => declaration.Type.IsVar ? Result(awaited) : declaration.Type.ToString();

    private string Result(AwaitExpressionSyntax awaited) => model.GetTypeInfo(awaited).Type!.ToMinimalDisplayString(model, awaited.SpanStart);

    private string Wait(AwaitExpressionSyntax awaited, string slot)
    {
        var task = WithoutContext(awaited.Expression);
        var isDelay = task is InvocationExpressionSyntax { ArgumentList.Arguments.Count: 1 } && model.GetSymbolInfo(task).Symbol is IMethodSymbol { Name: "Delay", ContainingType.Name: "Task" };
        if (!isDelay)
            return $"using (twait()) {(task is IdentifierNameSyntax or InvocationExpressionSyntax or MemberAccessExpressionSyntax ? task : $"({task})")}.Trigger(mkevent({slot}));";
        var time = ((InvocationExpressionSyntax)task).ArgumentList.Arguments[0].Expression;
        return WaitSyntax.ForTime(time, time.ToString(), model);
    }

    /// <summary>A tamed method resumes on its loop, whatever the context.</summary>
    private static ExpressionSyntax WithoutContext(ExpressionSyntax task) =>
        task is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } access } ? access.Expression : task;

    private static bool IsTask(AwaitExpressionSyntax awaited, SemanticModel model) =>
        model.GetTypeInfo(WithoutContext(awaited.Expression)).Type is INamedTypeSymbol { Name: "Task" or "ValueTask", ContainingNamespace.Name: "Tasks" } task
        && (awaited.Parent is not ExpressionStatementSyntax || task.Arity == 0);

    private static bool IsSlot(ExpressionSyntax place, SemanticModel model) => model.GetSymbolInfo(place).Symbol is ILocalSymbol { IsRef: false } or IParameterSymbol or IFieldSymbol
        || model.GetTypeInfo((place as ElementAccessExpressionSyntax)?.Expression ?? place).Type is IArrayTypeSymbol;
}

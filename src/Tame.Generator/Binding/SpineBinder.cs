using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Model;

namespace Tame.Generator.Binding;

/// <summary>Models the statements of a body that contain a wait; everything else becomes flesh.</summary>
internal sealed partial class SpineBinder(BodyContext context, FleshEditor editor)
{
    public Statement BindBody()
    {
        if (context.Syntax.Body is { } block) return BindBlock(block);
        var expression = context.Syntax.ExpressionBody!;
        if (context.Waits.JoinOf(expression) is { } join) return BindJoin(join, expression.Expression);
        var text = editor.Edit(expression.Expression);
        return new Flesh(FleshEditor.Make(text.Span, text.Pieces, ";"));
    }

    private Statement Bind(StatementSyntax statement) =>
        (context.Waits.IsSpine(statement) ? BindSpine(statement) : BindFlesh(statement)) with { Comments = Comments(statement) };

    private Statement BindSpine(StatementSyntax statement) => statement switch
    {
        BlockSyntax block => BindBlock(block),
        UnsafeStatementSyntax { Block: var block } => BindBlock(block),
        LabeledStatementSyntax labeled => new LabeledStatement(editor.Label(labeled, context.Model.GetDeclaredSymbol(labeled)!).Label, Bind(labeled.Statement)),
        ExpressionStatementSyntax expression => BindJoin(context.Waits.JoinOf(expression)!, expression),
        UsingStatementSyntax twait when context.Waits.IsBlock(twait) => BindTwait(twait),
        UsingStatementSyntax resource => BindUsing(resource),
        IfStatementSyntax choice => new IfStatement(editor.Edit(choice.Condition), Bind(choice.Statement), choice.Else is null ? null : Bind(choice.Else.Statement)),
        SwitchStatementSyntax choice => BindSwitch(choice),
        WhileStatementSyntax loop => BindWhile(loop),
        DoStatementSyntax loop => BindDo(loop),
        ForStatementSyntax loop => BindFor(loop),
        CommonForEachStatementSyntax loop => BindForEach(loop),
        TryStatementSyntax region => BindTry(region),
        _ => Refused(statement),
    };

    /// <summary>What WaitRules has reported already: nothing of this body is emitted.</summary>
    private static BlockStatement Refused(StatementSyntax statement) =>
        new(new EquatableArray<Statement>([new Flesh(new Fragment(default, Spans.Of(statement)))]));

    private Flesh BindFlesh(StatementSyntax statement)
    {
        var text = editor.Edit(statement);
        var trailing = statement.GetTrailingTrivia().FirstOrDefault(t => t.IsKind(SyntaxKind.SingleLineCommentTrivia));
        return new Flesh(trailing == default || text.Pieces.Count == 0 ? text : FleshEditor.Make(text.Span, text.Pieces, " " + trailing));
    }

    private BlockStatement BindBlock(BlockSyntax block) => new(BindRest(block.Statements, 0).ToEquatable());

    /// <summary>The statements of a block from one on; a using declaration takes those behind it as its body.</summary>
    private List<Statement> BindRest(SyntaxList<StatementSyntax> statements, int from)
    {
        var bound = new List<Statement>();
        for (var i = from; i < statements.Count; i++)
        {
            if (statements[i] is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } declaration && editor.IsHoisted(declaration.Declaration))
            {
                var rest = new BlockStatement(BindRest(statements, i + 1).ToEquatable());
                bound.Add(BindResources(declaration.Declaration, rest, declaration.Parent!, Spans.Of(declaration)) with { Comments = Comments(declaration) });
                return bound;
            }

            bound.Add(Bind(statements[i]));
        }

        return bound;
    }

    private TwaitStatement BindTwait(UsingStatementSyntax block)
    {
        var header = Spans.Of(block.SyntaxTree, Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(block.UsingKeyword.SpanStart, block.CloseParenToken.Span.End));
        return new TwaitStatement(header, Bind(block.Statement), header.StartLine, Spans.Of(block.Statement.GetLastToken()));
    }

    private JoinStatement BindJoin(InvocationExpressionSyntax call, SyntaxNode statement)
    {
        var steps = new List<JoinStep>();
        JoinTarget? id = null, error = null;
        var method = (IMethodSymbol)context.Model.GetSymbolInfo(call, context.Cancellation).Symbol!;
        foreach (var argument in call.ArgumentList.Arguments)
        {
            var parameter = argument.NameColon?.Name.Identifier.ValueText ?? method.Parameters[call.ArgumentList.Arguments.IndexOf(argument)].Name;
            if (parameter == "rendezvous") steps.Add(new JoinStep(editor.Edit(argument.Expression), null));
            else if (parameter == "id") id = BindTarget(argument, steps, method);
            else error = BindTarget(argument, steps, method);
        }

        return new JoinStatement(steps.ToEquatable(), id, error, Spans.LineOf(call), Spans.Of(statement));
    }

    private JoinTarget BindTarget(ArgumentSyntax argument, List<JoinStep> steps, IMethodSymbol method)
    {
        var type = SymbolText.Of(context.Model.GetTypeInfo(argument.Expression, context.Cancellation).Type ?? method.TypeArguments[0]);
        var expression = argument.Expression;
        if (expression is DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax single })
            return new JoinTarget(FleshEditor.Make(Spans.Of(single), editor.Refer(editor.Declared(single)!.Value, single.Identifier)), null, type);
        if (expression is DeclarationExpressionSyntax || context.Model.GetSymbolInfo(expression, context.Cancellation).Symbol is IDiscardSymbol)
            return new JoinTarget(null, null, type);
        if (editor.IsPlainVariable(expression)) return new JoinTarget(editor.Edit(SlotBinder.Strip(expression)), null, type);
        var location = context.Locals.AddHidden("target", $"global::Tame.CompilerServices.Slot<{type}>", holdsReferences: true);
        steps.Add(new JoinStep(editor.Locate(argument), location));
        return new JoinTarget(null, location, type);
    }

    private static EquatableArray<string> Comments(SyntaxNode statement) => statement.GetLeadingTrivia()
        .Where(t => t.IsKind(SyntaxKind.SingleLineCommentTrivia) || t.IsKind(SyntaxKind.MultiLineCommentTrivia))
        .Select(t => t.ToString()).ToEquatable();
}

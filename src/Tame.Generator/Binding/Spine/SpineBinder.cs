using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Binding.Facts;
using Tame.Generator.Binding.Rewrite;
using Tame.Generator.Binding.Text;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Spine;

/// <summary>Models the statements of a body that contain a wait. Everything else becomes flesh.</summary>
internal sealed partial class SpineBinder(BodyContext context, FleshEditor editor)
{
    public Statement BindBody()
    {
        var body = context.Syntax.Body is { } block ? BindBody(block) : BindExpressionBody(context.Syntax.ExpressionBody!);
        return context.Scopes.At(context.Syntax) is { } scope && !context.Locals.All.Any(local => local.Scope == scope && IsParameter(local)) ? Entered(scope, body) : body;
    }

    /// <summary>In a body without waits nothing is hoisted. If lambdas hold parameters, the whole body is in the braces that this needs.</summary>
    private Statement BindBody(BlockSyntax block) => context.Waits.IsSpine(block) || context.Scopes.At(context.Syntax) is null ? BindBlock(block) : new Flesh(editor.Edit(block));

    private bool IsParameter(Local local) => context.Body.Parameters.Any(p => context.Locals.All[context.Locals.Find(p)!.Value] == local);

    private Statement BindExpressionBody(ArrowExpressionClauseSyntax expression)
    {
        if (context.Waits.CallOf(expression) is { } wait) return BindWait(wait.Call, wait.Form, expression.Expression);
        var text = editor.Edit(expression.Expression);
        return new Flesh(FleshEditor.Make(text.Span, editor.Point(text.Span, text.Pieces), ";"));
    }

    private Statement Bind(StatementSyntax statement)
    {
        var bound = context.Waits.IsSpine(statement) ? BindSpine(statement) : BindFlesh(statement);
        if (bound is MovedStatement) return bound;
        var entered = statement is WhileStatementSyntax or DoStatementSyntax or CommonForEachStatementSyntax or BlockSyntax ? bound : Entered(statement, bound);
        return entered with { Comments = Comments(statement) };
    }

    /// <summary>A statement at whose start a scope is entered.</summary>
    private Statement Entered(SyntaxNode entry, Statement statement) =>
        context.Scopes.At(entry) is { } scope && !context.Scopes.All[scope].IsInText ? Entered(scope, statement) : statement;

    private static BlockStatement Entered(int scope, Statement statement) => new(new EquatableArray<Statement>([new ScopeStatement(scope), statement]));

    private Statement BindSpine(StatementSyntax statement) => statement switch
    {
        BlockSyntax block => Entered(block, BindBlock(block)),
        UnsafeStatementSyntax { Block: var block } => Entered(block, BindBlock(block)),
        CheckedStatementSyntax { Block: var block } arithmetic => BindChecked(arithmetic.Keyword.ValueText, block),
        LabeledStatementSyntax labeled => BindLabeled(labeled),
        ExpressionStatementSyntax expression when context.Waits.CallOf(expression) is { } wait => BindWait(wait.Call, wait.Form, expression),
        UsingStatementSyntax twait when context.Waits.IsBlock(twait) => BindTwait(twait),
        UsingStatementSyntax resource => BindUsing(resource),
        IfStatementSyntax choice => new IfStatement(Condition(choice.Condition, StepPoints.Header(choice)!.Value), Bind(choice.Statement), choice.Else is null ? null : Bind(choice.Else.Statement)),
        SwitchStatementSyntax choice => BindSwitch(choice),
        WhileStatementSyntax loop => BindWhile(loop),
        DoStatementSyntax loop => BindDo(loop),
        ForStatementSyntax loop => BindFor(loop),
        CommonForEachStatementSyntax loop => Entered(loop.Expression, BindForEach(loop)),
        TryStatementSyntax region => BindTry(region),
        _ => Refused(statement),
    };

    /// <summary>WaitRules has already reported the error, and nothing of this body is emitted.</summary>
    private static BlockStatement Refused(StatementSyntax statement) =>
        new(new EquatableArray<Statement>([new Flesh(new Fragment(default, Spans.Of(statement)))]));

    private Statement BindFlesh(StatementSyntax statement)
    {
        if (statement is LabeledStatementSyntax labeled && context.IsFlattened(context.Model.GetDeclaredSymbol(labeled)!)) return BindLabeled(labeled);
        if (statement is LocalFunctionStatementSyntax function && context.Model.GetDeclaredSymbol(function) is IMethodSymbol symbol && context.Captures.IsMoved(symbol))
            return BindMoved(function, symbol);
        var text = InContext(statement) with { MayReturn = Jumps.MayReturn(statement) };
        var trailing = statement.GetTrailingTrivia().FirstOrDefault(t => t.IsKind(SyntaxKind.SingleLineCommentTrivia));
        return new Flesh(trailing == default || text.Pieces.Count == 0 ? text : text with { Comment = " " + trailing });
    }

    /// <summary>Nothing remains at the place of a function that becomes a method.</summary>
    private MovedStatement BindMoved(LocalFunctionStatementSyntax syntax, IMethodSymbol function)
    {
        context.Functions.Add(new FunctionBinder(context, editor).Bind(syntax, function, edits => EncloseComputations(syntax, edits), isBlock: syntax.Body is not null || (_overflow.Length > 0 && StatementOf(syntax) is not null), Comments(syntax)));
        return new MovedStatement();
    }

    private static EquatableArray<string> Comments(SyntaxNode statement) => statement.GetLeadingTrivia()
        .Where(t => t.IsKind(SyntaxKind.SingleLineCommentTrivia) || t.IsKind(SyntaxKind.MultiLineCommentTrivia))
        .Select(t => t.ToString()).ToEquatable();
}

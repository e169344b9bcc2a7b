using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Tame.Generator.Binding.Facts;
using Tame.Generator.Binding.Rewrite;
using Tame.Generator.Binding.Text;
using Tame.Generator.Flow;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Spine;

/// <summary>The waits themselves.</summary>
internal sealed partial class SpineBinder
{
    /// <summary>A <c>twait(…)</c> that is a whole statement or expression body.</summary>
    private WaitStatement BindWait(InvocationExpressionSyntax call, WaitForm form, SyntaxNode statement)
    {
        WaitStatement wait = form switch
        {
            WaitForm.Start => BindStart(call, StartLambda.Of(call)!, statement),
            WaitForm.Task => BindTask(call, statement),
            _ => BindJoin(call, statement),
        };
        return wait with { IsReached = context.Flow.IsReachable(call), Text = OneLine.Of(statement) };
    }

    private TwaitStatement BindTwait(UsingStatementSyntax block)
    {
        var header = Spans.Of(block.SyntaxTree, StepPoints.Header(block)!.Value);
        return new TwaitStatement(header, Bind(block.Statement), header.StartLine, Spans.Of(block.Statement.GetLastToken()))
        {
            IsReached = context.Flow.IsReachable(block),
            Text = OneLine.Of(block),
        };
    }

    private JoinStatement BindJoin(InvocationExpressionSyntax call, SyntaxNode statement)
    {
        var steps = new List<JoinStep>();
        JoinTarget? id = null, error = null;
        var isOwn = false;
        var method = (IMethodSymbol)context.Model.GetSymbolInfo(call, context.Cancellation).Symbol!;
        foreach (var argument in call.ArgumentList.Arguments)
        {
            var parameter = argument.NameColon?.Name.Identifier.ValueText ?? method.Parameters[call.ArgumentList.Arguments.IndexOf(argument)].Name;
            if (parameter == "rendezvous")
            {
                steps.Add(new JoinStep(Expression(argument.Expression, statement.Span), null));
                isOwn = context.Model.GetSymbolInfo(argument.Expression, context.Cancellation).Symbol is ILocalSymbol local && context.Flow.Facts.Rendezvous.Contains(local);
            }
            else if (parameter == "id") id = BindTarget(argument, steps, method);
            else error = BindTarget(argument, steps, method);
        }

        return new JoinStatement(steps.ToEquatable(), id, error, Spans.LineOf(call), Spans.Of(statement)) { IsOwn = isOwn };
    }

    private JoinTarget BindTarget(ArgumentSyntax argument, List<JoinStep> steps, IMethodSymbol method)
    {
        var type = SymbolText.Of(context.Model.GetTypeInfo(argument.Expression, context.Cancellation).Type ?? method.TypeArguments[0], context.Aliases);
        var expression = argument.Expression;
        if (expression is DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax single })
            return new JoinTarget(FleshEditor.Make(Spans.Of(single), editor.Refer(editor.Declared(single)!.Value, single.Identifier)), null, type);
        if (expression is DeclarationExpressionSyntax || context.Model.GetSymbolInfo(expression, context.Cancellation).Symbol is IDiscardSymbol)
            return new JoinTarget(null, null, type);
        if (editor.IsPlainVariable(expression)) return new JoinTarget(editor.Edit(SlotBinder.Strip(expression)), null, type);
        if (context.Model.GetTypeInfo(expression, context.Cancellation).Type is { } target && !SymbolText.CanBeWritten(target)) context.Report(Rules.TypeCannotBeWritten, expression, expression);
        var location = context.Locals.AddHidden(HiddenValue.Target, $"{GeneratedNames.Services}Slot<{type}>", holdsReferences: true);
        steps.Add(new JoinStep(InExpression(editor.Locate(argument)), location));
        return new JoinTarget(null, location, type);
    }

    /// <summary><c>twait(e => S, out a)</c> is a block whose statement first creates the event.</summary>
    private TwaitStatement BindStart(InvocationExpressionSyntax call, AnonymousFunctionExpressionSyntax lambda, SyntaxNode statement)
    {
        var made = MakeEvent(call, lambda);
        var place = Spans.Of(statement);
        var isTold = TellsItsPlace(call);
        Statement body;
        if (lambda.Block is { } block)
        {
            var start = new TextSpan(block.OpenBraceToken.Span.End, 0);
            var making = isTold ? editor.Point(place, " ", made) : editor.Plumbing(" ", made);
            body = new Flesh(InStatement(new Fragment(editor.Pieces(block, edits => edits.Replace(start, making)).ToEquatable(), Spans.Of(block))));
        }
        else
        {
            var expression = lambda.ExpressionBody!;
            var started = FleshEditor.Make(Spans.Of(expression), editor.Point(Spans.Of(expression), editor.Pieces(expression)), ";");
            body = new StartStatement(isTold ? FleshEditor.Make(place, editor.Point(place, made)) : FleshEditor.Make(place, made), started, _overflow);
        }

        return new TwaitStatement(isTold ? null : place, body, Spans.LineOf(call), End: null) { Return = context.ReturnOf(lambda) };
    }

    /// <summary>
    /// User text that locates a slot may get its line, so the code that creates the event has the place of the statement. Without such text, a debugger does
    /// not stop there.
    /// </summary>
    private bool TellsItsPlace(InvocationExpressionSyntax call) => call.ArgumentList.Arguments.Any(argument =>
        argument.RefKindKeyword.IsKind(SyntaxKind.OutKeyword) && argument.Expression is not DeclarationExpressionSyntax && !editor.IsPlainVariable(argument.Expression)
        && context.Model.GetSymbolInfo(argument.Expression, context.Cancellation).Symbol is not IDiscardSymbol);

    /// <summary>The declaration that replaces the lambda's parameter.</summary>
    private List<Piece> MakeEvent(InvocationExpressionSyntax call, AnonymousFunctionExpressionSyntax lambda)
    {
        var made = new List<Piece>();
        var isKept = false;
        if (StartLambda.ParameterOf((IMethodSymbol)context.Model.GetSymbolInfo(lambda, context.Cancellation).Symbol!) is { } parameter)
        {
            isKept = KeptEvents.IsKept(lambda, context);
            made.Add(new TextPiece($"{(isKept ? KeptType(parameter.Type) : SymbolText.Of(parameter.Type, context.Aliases))} {SymbolText.Name(parameter)} = "));
        }

        made.AddRange([new ClosurePiece(), new TextPiece(isKept ? ".Keep(" : ".Make(")]);
        foreach (var argument in call.ArgumentList.Arguments.Where(argument => argument.RefKindKeyword.IsKind(SyntaxKind.OutKeyword)))
        {
            if (argument.NameColon is { } name) made.Add(new TextPiece(SlotName(name) + ": "));
            made.AddRange(editor.Slot(argument));
            made.Add(new TextPiece(", "));
        }

        made.AddRange([new TextPiece("line: "), new LinePiece(Spans.LineOf(call)), new TextPiece(");")]);
        return made;
    }

    /// <summary>The type of the handle of an event without a lifeline.</summary>
    private string KeptType(ITypeSymbol type) => GeneratedNames.Services + "KeptEvent"
        + (type is INamedTypeSymbol { TypeArguments: [_, ..] values } ? $"<{string.Join(", ", values.Select(value => SymbolText.Of(value, context.Aliases)))}>" : "");

    /// <summary>The runtime's name of the parameter for a value: <c>value1</c> is <c>slot1</c>.</summary>
    private static string SlotName(NameColonSyntax name) => name.Name.Identifier.ValueText.Replace("value", "slot");

    /// <summary><c>twait(task, out a)</c> as a call that returns whether there is anything to wait for.</summary>
    private TaskStatement BindTask(InvocationExpressionSyntax call, SyntaxNode statement)
    {
        var name = call.Expression as SimpleNameSyntax ?? ((MemberAccessExpressionSyntax)call.Expression).Name;
        var pieces = new List<object> { new ClosurePiece(), $".TaskDone{(name as GenericNameSyntax)?.TypeArgumentList.ToString()}(" };
        foreach (var argument in call.ArgumentList.Arguments)
        {
            if (argument.NameColon is { } colon) pieces.Add(SlotName(colon) + ": ");
            object value = argument.RefKindKeyword.IsKind(SyntaxKind.OutKeyword) ? editor.Slot(argument) : editor.Pieces(argument.Expression);
            pieces.AddRange(_overflow.Length > 0 ? [_overflow + "(", value, "), "] : [value, ", "]);
        }

        if (context.Model.GetSymbolInfo(call, context.Cancellation).Symbol is IMethodSymbol { Parameters.Length: 1, TypeArguments: [var result] })
            pieces.Add($"{SlotBinder.Discarded(result, context.Aliases)}, ");
        pieces.AddRange(["line: ", new LinePiece(Spans.LineOf(call)), ")"]);
        return new TaskStatement(FleshEditor.Make(Spans.Of(statement), [.. pieces]), Spans.LineOf(call));
    }
}

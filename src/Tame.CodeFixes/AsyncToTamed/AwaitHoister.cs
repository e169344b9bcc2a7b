using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.CodeFixes.AsyncToTamed;

/// <summary>
/// Moves the awaits of an expression to waits before its statement. The order of evaluation stays the same: an operand that C# evaluates before an await, and that
/// could change until its task has completed, is copied to a variable first.
/// </summary>
internal sealed class AwaitHoister(AsyncMethod method, Replacements replacements)
{
    private readonly EvaluationOrder _order = new(method.Model);

    /// <summary>Adds the waits for all awaits of an expression. False: one of them cannot be moved.</summary>
    /// <param name="root">The expression, a whole operand of its statement.</param>
    /// <param name="slot">Takes the result of the await that is the whole expression. Null: a variable, which then replaces it.</param>
    /// <param name="statements">Gets the statements.</param>
    public bool TryHoist(ExpressionSyntax root, TaskSlot? slot, List<StatementSyntax> statements)
    {
        if (root is InitializerExpressionSyntax)
            return false;
        var stability = new Stability(root, method, replacements);
        foreach (var found in AwaitedTask.AwaitsIn(root).OrderBy(node => node.Span.End).ThenByDescending(node => node.SpanStart))
        {
            if (found is not AwaitExpressionSyntax awaited || AwaitedTask.Of(awaited, method.Model) is not { } task || _order.Before(awaited, root) is not { } operands
                || !operands.All(operand => TryKeep(operand, stability, statements)))
                return false;
            var isRoot = AwaitedTask.WithoutParentheses(root) == awaited;
            if (!TryWait(awaited, task, isRoot ? slot : null, statements))
                return false;
        }
        return true;
    }

    private bool TryKeep(Operand operand, Stability stability, List<StatementSyntax> statements)
    {
        if (stability.IsStable(operand.Expression))
            return true;
        if (!operand.CanBeCopied || !stability.CanBeCopied(operand.Expression))
            return false;
        var name = method.Names.MakeFor(operand.Expression);
        statements.Add(StatementText.Parse($"var {name} = {replacements.TextOf(operand.Expression)};"));
        replacements.Add(operand.Expression, name);
        return true;
    }

    private bool TryWait(AwaitExpressionSyntax awaited, AwaitedTask task, TaskSlot? slot, List<StatementSyntax> statements)
    {
        if (slot is null)
        {
            if (task.Type.Result is null)
                return false;
            slot = new TaskSlot(method.Names.Make("result"), "var");
            replacements.Add(awaited, slot.Place!);
        }
        statements.Add(StatementText.Parse(Wait(task, slot)));
        return true;
    }

    private string Wait(AwaitedTask task, TaskSlot slot) => slot == TaskSlot.None && method.TimerOf(task.Expression) is { } time
        ? WaitSyntax.ForTime(time, replacements.TextOf(time), method.Model) : WaitSyntax.ForTask(replacements.TextOf(task.Expression), slot);
}

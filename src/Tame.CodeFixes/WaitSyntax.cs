using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.CodeFixes;

/// <summary>The text of waits. Each fix and refactoring that writes a wait takes it from here.</summary>
internal static class WaitSyntax
{
    /// <summary>Waits for a time. A number counts milliseconds, as it does for <c>Sleep</c> and <c>Delay</c>.</summary>
    /// <param name="time">The time, where it is.</param>
    /// <param name="text">Its text in the wait.</param>
    /// <param name="model">The model of its document.</param>
    public static string ForTime(ExpressionSyntax time, string text, SemanticModel model)
    {
        if (model.GetTypeInfo(time).ConvertedType?.SpecialType == SpecialType.System_Int32)
            text = $"{model.Compilation.GetTypeByMetadataName("System.TimeSpan")!.ToMinimalDisplayString(model, time.SpanStart)}.FromMilliseconds({text})";
        return $"using (twait()) timer({text}, mkevent());";
    }

    /// <summary>The statements that wait for a task.</summary>
    public static IEnumerable<string> ForTask(TaskWait wait)
    {
        var task = wait.Task;
        if (wait.TaskVariable is { } variable)
        {
            yield return $"var {variable} = {task};";
            task = variable;
        }
        if (wait.Slot.DeclaredType is { } type)
            yield return $"{type} {wait.Slot.Place};";
        var slot = wait.Slot.Place is { } place ? $"out {place}" : wait.DiscardedType is { } discarded ? $"out {discarded} _" : "";
        yield return $"using (twait()) {AsReceiver(task)}.Trigger(mkevent({slot}));";
    }

    private static string AsReceiver(string expression) => SyntaxFactory.ParseExpression(expression)
        is IdentifierNameSyntax or InvocationExpressionSyntax or MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or ParenthesizedExpressionSyntax ? expression : $"({expression})";
}

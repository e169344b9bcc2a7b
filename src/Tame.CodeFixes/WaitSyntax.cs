using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.CodeFixes;

/// <summary>The text of waits. Each fix and refactoring that writes a wait takes it from here.</summary>
internal static class WaitSyntax
{
    /// <summary>Waits for a time. A number counts milliseconds, as it does for <c>Sleep</c> and <c>Delay</c>.</summary>
    /// <param name="time">The expression of the time.</param>
    /// <param name="text">Its text in the wait.</param>
    /// <param name="model">The model of its document.</param>
    public static string ForTime(ExpressionSyntax time, string text, SemanticModel model)
    {
        if (model.GetTypeInfo(time).ConvertedType?.SpecialType == SpecialType.System_Int32)
            text = $"{model.Compilation.GetTypeByMetadataName("System.TimeSpan")!.ToMinimalDisplayString(model, time.SpanStart)}.FromMilliseconds({text})";
        if (!LambdaRules.Allow(time, model))
            return Block($"timer({text}, mkevent());");
        var e = EventName(text);
        return ForStart("twait", e, $"timer({text}, {e})", []);
    }

    /// <summary>Waits for a task.</summary>
    /// <param name="task">The text of the task.</param>
    /// <param name="slot">The variable for its result.</param>
    public static string ForTask(string task, TaskSlot slot) => ForTask("twait", task, slot.Arguments);

    /// <summary>Waits for a task.</summary>
    /// <param name="twait">The text of the name, with its type arguments.</param>
    /// <param name="task">The text of the task.</param>
    /// <param name="slots">The texts of the arguments for its result.</param>
    public static string ForTask(string twait, string task, IEnumerable<string> slots) => $"{twait}({string.Join(", ", slots.Prepend(task))});";

    /// <summary>Starts an operation and waits for it.</summary>
    /// <param name="twait">The text of the name, with its type arguments.</param>
    /// <param name="e">The name of the event.</param>
    /// <param name="operation">The text of the operation.</param>
    /// <param name="slots">The texts of the arguments for its values.</param>
    public static string ForStart(string twait, string e, string operation, IEnumerable<string> slots) => $"{twait}({string.Join(", ", slots.Prepend($"{e} => {operation}"))});";

    /// <summary>A twait block.</summary>
    /// <param name="statement">The text of its statement, on the same line or a new one.</param>
    public static string Block(string statement) => $"using (twait()){(statement.StartsWith("\r", StringComparison.Ordinal) || statement.StartsWith("\n", StringComparison.Ordinal) ? "" : " ")}{statement}";

    /// <summary>Waits for a task with a block.</summary>
    /// <param name="task">The text of the task.</param>
    /// <param name="slots">The text of the slots.</param>
    public static string BlockForTask(string task, string slots) => Block($"{AsReceiver(task)}.Trigger(mkevent({slots}));");

    /// <summary>The name of the parameter of a lambda: <c>e</c>, or with a number if the code in the lambda uses that name.</summary>
    public static string EventName(string code) => new FreshNames(SyntaxFactory.ParseExpression(code)).Make("e");

    private static string AsReceiver(string expression) => SyntaxFactory.ParseExpression(expression)
        is IdentifierNameSyntax or InvocationExpressionSyntax or MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or ParenthesizedExpressionSyntax ? expression : $"({expression})";
}

using System.Diagnostics;

namespace Tame;

/// <summary>Names the code of a delegate in a message, long after the call. Any thread may use it.</summary>
internal static class CallNames
{
    /// <summary>
    /// Returns what <see cref="Describe"/> needs: the delegate itself if it has no target, and otherwise the type of the target. The target may be a lambda's
    /// captured variables, and a reference to them could keep the event alive whose loss is to be found.
    /// </summary>
    public static object Keep(Delegate call) => call.Target is { } target ? target.GetType() : call;

    /// <summary>Says whose call it was, such as "its call, a lambda in Shop.Orders".</summary>
    public static string Describe(object? kept)
    {
        if (kept is Delegate call && DiagnosticMethodInfo.Create(call) is { } method)
            return $"its call, {method.DeclaringTypeName}.{method.Name},";
        if (kept is not Type type || type.Assembly == typeof(CallNames).Assembly)
            return "its call";
        bool isLambda = false;
        for (; IsMadeByCompiler(type) && type.DeclaringType is { } outer; type = outer)
            isLambda = true;
        return $"its call, a {(isLambda ? "lambda" : "method or a lambda")} in {(type.FullName ?? type.Name).Replace('+', '.')},";
    }

    /// <summary>The C# compiler begins the names of its own types with a sign that no identifier may have.</summary>
    private static bool IsMadeByCompiler(Type type) => type.Name.StartsWith('<');
}

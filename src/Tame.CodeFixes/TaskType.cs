using Microsoft.CodeAnalysis;

namespace Tame.CodeFixes;

/// <summary>One of the four task types, <c>Task</c>, <c>ValueTask</c> and their generic forms, with the type of its result.</summary>
internal sealed record TaskType(bool IsValueTask, ITypeSymbol? Result)
{
    /// <summary>Null for every other type, including types derived from a task: they may be awaited differently.</summary>
    public static TaskType? Of(ITypeSymbol? type) =>
        type is INamedTypeSymbol { Name: "Task" or "ValueTask", ContainingType: null, Arity: 0 or 1 } named
        && named.ContainingNamespace is { Name: "Tasks", ContainingNamespace: { Name: "Threading", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } }
            ? new TaskType(named.Name == "ValueTask", named.TypeArguments.FirstOrDefault()) : null;
}

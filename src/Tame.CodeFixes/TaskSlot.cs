namespace Tame.CodeFixes;

/// <summary>Where the result of a task goes.</summary>
/// <param name="Place">A variable, parameter or field. Null: the result is not used.</param>
/// <param name="DeclaredType">The type, if the wait declares the variable.</param>
internal sealed record TaskSlot(string? Place, string? DeclaredType = null)
{
    public static TaskSlot None { get; } = new(Place: null);
}

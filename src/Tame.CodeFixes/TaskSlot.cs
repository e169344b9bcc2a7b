namespace Tame.CodeFixes;

/// <summary>The variable to which a wait writes the result of its task.</summary>
/// <param name="Place">The variable. Null: the result is not used.</param>
/// <param name="DeclaredType">The type, or <c>var</c>, if the wait declares the variable.</param>
internal sealed record TaskSlot(string? Place, string? DeclaredType = null)
{
    public static TaskSlot None { get; } = new(Place: null);

    /// <summary>The argument for the result, if it is used.</summary>
    public IEnumerable<string> Arguments => Place is null ? [] : [DeclaredType is null ? $"out {Place}" : $"out {DeclaredType} {Place}"];
}

namespace Tame.Generator.Model;

/// <summary>A tamed method with an error of ours: all that is needed to implement it so that the compiler stops at it, after the analyzers have spoken.</summary>
internal sealed record Refusal(string HintName, EquatableArray<FileLevel> Context, EquatableArray<string> Types, string Signature, SourceSpan Place, string FilePath)
{
    /// <summary>The name of the method, as a message gives it.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the local function that the compiler reports, unlike any parameter's.</summary>
    public required string Function { get; init; }

    /// <summary>How many lines the declaration has moved down since it was bound.</summary>
    public int Moved { get; init; }
}

namespace Tame.Generator.Model;

/// <summary>A tamed method with an error of ours: all that is needed to implement it so that the compiler stops at it, after the analyzers have spoken.</summary>
internal sealed record Refusal
{
    public required string HintName { get; init; }

    public required EquatableArray<FileLevel> Context { get; init; }

    /// <summary>The types around the method, outermost first, as their parts are declared.</summary>
    public required EquatableArray<string> Types { get; init; }

    public required string Signature { get; init; }

    /// <summary>The name in the declaration.</summary>
    public required SourceSpan Place { get; init; }

    public required string FilePath { get; init; }

    /// <summary>The name of the method, as a message gives it.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the local function that the compiler reports, unlike any parameter's.</summary>
    public required string Function { get; init; }

    /// <summary>How many lines the declaration has moved down since it was bound.</summary>
    public int Moved { get; init; }
}

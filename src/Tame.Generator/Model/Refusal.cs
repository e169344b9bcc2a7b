namespace Tame.Generator.Model;

/// <summary>A tamed method with a TAME error: the data to implement it so that the compiler stops at it, after the analyzers have run.</summary>
internal sealed record Refusal
{
    public required string HintName { get; init; }

    public required EquatableArray<FileLevel> Context { get; init; }

    /// <summary>The enclosing types, outermost first, as their parts are declared.</summary>
    public required EquatableArray<string> Types { get; init; }

    public required string Signature { get; init; }

    /// <summary>The name in the declaration.</summary>
    public required SourceSpan Place { get; init; }

    public required string FilePath { get; init; }

    /// <summary>The name of the method in messages.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the local function that the compiler reports. It differs from any parameter's.</summary>
    public required string Function { get; init; }

    /// <summary>The number of lines that the declaration has moved down since it was bound.</summary>
    public int Moved { get; init; }
}

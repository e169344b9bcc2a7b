namespace Tame.Language.Tests.Differential.Writing;

/// <summary>Where C# lets a span go.</summary>
internal enum Reach
{
    /// <summary>To no variable: it may stand for a temporary.</summary>
    Nowhere,

    /// <summary>To variables that are as narrow.</summary>
    Method,

    /// <summary>To every variable.</summary>
    Everywhere,
}

/// <summary>A span local of a run of statements. What it holds is lost at a wait, until it is assigned again.</summary>
internal sealed class SpanLocal(string name, string type, Reach reach)
{
    public string Name => name;

    public string Type => type;

    public Reach Reach => reach;

    public bool IsText => type == "ReadOnlySpan<char>";

    public bool IsLost { get; set; }

    /// <summary>Whether a value of one type and reach may be assigned to it.</summary>
    public bool Takes(string valueType, Reach valueReach) =>
        valueReach >= reach && valueReach != Reach.Nowhere && (valueType == type || (valueType == "Span<int>" && type == "ReadOnlySpan<int>"));
}

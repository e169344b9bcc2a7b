namespace Tame.Language.Tests.Differential.Writing;

/// <summary>Where C# lets a span go: the lower, the further.</summary>
internal static class Reach
{
    /// <summary>To every variable.</summary>
    public const int Everywhere = 0;

    /// <summary>To variables that may hold memory of the method's stack.</summary>
    public const int Method = 1;

    /// <summary>To no variable: it may stand for a temporary.</summary>
    public const int Nowhere = int.MaxValue;

    /// <summary>To <c>scoped</c> variables of this block of a run, or of a block inside it.</summary>
    public static int Block(int depth) => Method + 1 + depth;
}

/// <summary>A span local of a run of statements, so many blocks deep in it. What it holds is lost at a wait, until it is assigned again.</summary>
internal sealed class SpanLocal(string name, string type, int reach, int depth)
{
    public string Name => name;

    public string Type => type;

    public int Reach => reach;

    public bool IsText => type == "ReadOnlySpan<char>";

    public bool IsLost { get; set; }

    /// <summary>
    /// Whether a value that goes so far may be assigned to it. A variable that a collection expression begins takes nothing of a <c>scoped</c> variable, even of its own block.
    /// </summary>
    public bool Takes(int valueReach) => valueReach <= (reach == Writing.Reach.Nowhere ? Writing.Reach.Method : Math.Min(reach, Writing.Reach.Block(depth)));
}

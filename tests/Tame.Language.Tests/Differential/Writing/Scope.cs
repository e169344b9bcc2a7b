namespace Tame.Language.Tests.Differential.Writing;

/// <summary>A local, parameter or field that statements may use.</summary>
internal sealed record Variable(string Name, string Type, bool CanWrite = true, int Depth = 0);

/// <summary>
/// A block's declarations. C# lets siblings share a name, but no block uses a name that one around it declares, before or after.
/// </summary>
internal sealed class Scope(Scope? outer)
{
    private readonly HashSet<string> _declared = [];
    private readonly HashSet<string> _declaredInside = [];

    /// <summary>What is declared and assigned here so far.</summary>
    public List<Variable> Variables { get; } = [];

    public Scope? Outer => outer;

    public int Depth { get; } = outer is null ? 0 : outer.Depth + 1;

    /// <summary>While a goto may jump over what is written here; then no using declaration may stand here.</summary>
    public bool IsJumpedOver { get; set; }

    public bool CanDeclare(string name)
    {
        if (_declaredInside.Contains(name))
            return false;
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            if (scope._declared.Contains(name))
                return false;
        }
        return true;
    }

    public void Reserve(string name)
    {
        _declared.Add(name);
        for (var scope = outer; scope is not null; scope = scope.Outer)
            scope._declaredInside.Add(name);
    }

    public IEnumerable<Variable> All() => outer is null ? Variables : Variables.Concat(outer.All());
}

/// <summary>What the place of a statement allows.</summary>
internal sealed record Place
{
    public bool CanWait { get; init; } = true;

    public bool CanBreak { get; init; }

    public bool CanContinue { get; init; }

    public bool CanReturn { get; init; } = true;

    public bool CanRethrow { get; init; }

    /// <summary>The cases of the switch around that a goto may name.</summary>
    public IReadOnlyList<string> Cases { get; init; } = [];

    /// <summary>Labels that a goto may name; those that lie behind end with the sign that fuel must be asked for.</summary>
    public IReadOnlyList<(string Name, bool IsBackward)> Labels { get; init; } = [];

    /// <summary>Where no jump leads out.</summary>
    public Place Enclosed() => this with { CanBreak = false, CanContinue = false, CanReturn = false, Cases = [], Labels = [] };
}

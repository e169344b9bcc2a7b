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
    private bool _isLeftByGoto;

    /// <summary>What is declared and assigned here so far.</summary>
    public List<Variable> Variables { get; } = [];

    public Scope? Outer => outer;

    public int Depth { get; } = outer is null ? 0 : outer.Depth + 1;

    /// <summary>While a goto may jump over what is written here.</summary>
    public bool IsJumpedOver { get; set; }

    /// <summary>C# allows none where a goto may jump over it, and, going by positions alone, none behind a goto that leaves the block for a later label.</summary>
    public bool CanHoldUsingDeclaration => !IsJumpedOver && !_isLeftByGoto;

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

    /// <summary>A goto to a label further down was written here.</summary>
    public void LeaveByGoto()
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
            scope._isLeftByGoto = true;
    }

    /// <summary>The variables of this scope and of those around it, but for the members that a variable hides.</summary>
    public IEnumerable<Variable> All() => outer is null ? Variables : Variables.Concat(outer.All().Where(other => Variables.TrueForAll(own => own.Name != other.Name)));
}

/// <summary>What the place of a statement allows.</summary>
internal sealed record Place
{
    public bool CanWait { get; init; } = true;

    public bool CanBreak { get; init; }

    public bool CanContinue { get; init; }

    public bool CanReturn { get; init; } = true;

    public bool CanRethrow { get; init; }

    /// <summary>A try with a catch is around: here exceptions are frequent, elsewhere they would end most programs early.</summary>
    public bool IsGuarded { get; init; }

    /// <summary>Inside a catch or finally block, where C# has no stackalloc.</summary>
    public bool IsInHandler { get; init; }

    /// <summary>Inside a section of a switch, where C# takes a label <c>@default</c> for the one of the switch.</summary>
    public bool IsInSection { get; init; }

    /// <summary>The cases of the switch around that a goto may name.</summary>
    public IReadOnlyList<string> Cases { get; init; } = [];

    /// <summary>Labels that a goto may name; those that lie behind end with the sign that fuel must be asked for.</summary>
    public IReadOnlyList<(string Name, bool IsBackward)> Labels { get; init; } = [];

    /// <summary>Whether a jump has somewhere to go but out of the method.</summary>
    public bool HasTarget => CanBreak || CanContinue || CanRethrow || IsGuarded || Cases.Count != 0 || Labels.Count != 0;

    /// <summary>Where no jump leads out.</summary>
    public Place Enclosed() => this with { CanBreak = false, CanContinue = false, CanReturn = false, Cases = [], Labels = [] };
}

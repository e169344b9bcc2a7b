using Tame.Language.Tests.Differential.Programs;

namespace Tame.Language.Tests.Differential.Writing;

/// <summary>Protected regions, resources, checked and locked blocks.</summary>
internal sealed partial class ProgramWriter
{
    private Statement Try()
    {
        if (Has(Features.FilterVariables) && ClauseCanWait && Chance(8))
            return FilterTwice();
        int shape = _random.Next(4);
        var pieces = new List<object> { "try", BlockIn(_place with { IsGuarded = _place.IsGuarded || shape != 0 }, "try", 4) };
        if (shape != 0)
            Catches(pieces);
        if (shape is 0 or 3)
            pieces.AddRange(["finally", BlockIn(_place.Enclosed() with { CanRethrow = false, IsInHandler = true, CanWait = _place.CanWait && Has(Features.FinallyWaits) }, "finally", 3)]);
        return Simple("try", [.. pieces]);
    }

    private Statement Checked()
    {
        string kind = Pick("checked", "unchecked");
        return Simple(kind, kind, BlockIn(_place with { CanWait = _place.CanWait && Has(Features.CheckedWaits) }, kind, 4));
    }

    /// <summary>Functions that overflow or do not, as the block around them says; they are called behind waits.</summary>
    private Statement CheckedFunctions()
    {
        string kind = Chance(4) ? "unchecked" : "checked";
        var names = new List<string>();
        var place = _place with { IsGuarded = true, CanWait = _place.CanWait && Has(Features.CheckedWaits) };
        var block = BlockIn(place, kind, 4, start: () => [CheckedFunction(names), CheckedFunction(names)], end: () => [Simple("call", string.Concat(names.Select(name => $"{name}(); {name}(); ")))]);
        return Simple("checkedFunctions", "try", new Body("try", [Simple(kind, kind, block)]), "catch (OverflowException)", new Body("catch", [Simple("trace", $"t.Add({Number()});")]));
    }

    private Statement CheckedFunction(List<string> names)
    {
        var variable = Find("int", toWrite: true)!;
        object[] body = _random.Next(7) switch
        {
            0 => [Name(variable), "++"],
            1 => ["--", Name(variable)],
            2 => [Name(variable), " = ", Name(variable), " * t.Big()"],
            3 => [Name(Find("int[]")!), "[1] += t.Big()"],
            4 => [$"t.Add({Number()}, ", Name(variable), " * t.Big())"],
            5 => ["_ = ", Name(variable), " + t.Big() + t.Big()"],
            _ => [Name(variable), " += t.Big()"],
        };
        names.Add(Fresh("L"));
        return Chance(4) ? Simple("checked.lambda", [$"Action {names[^1]} = () => ", .. body, ";"]) : Simple("checked.function", [$"void {names[^1]}() => ", .. body, ";"]);
    }

    private Statement Lock() => Simple("lock", "lock (t)", BlockIn(_place with { CanWait = false }, "lock", 3));
}

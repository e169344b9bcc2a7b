using Tame.Language.Tests.Differential.Programs;

namespace Tame.Language.Tests.Differential.Writing;

/// <summary>Protected regions, resources, checked and locked blocks.</summary>
internal sealed partial class ProgramWriter
{
    private Statement Try()
    {
        int shape = _random.Next(4);
        var pieces = new List<object> { "try", BlockIn(_place with { IsGuarded = _place.IsGuarded || shape != 0 }, "try", 4) };
        if (shape != 0)
            Catches(pieces);
        if (shape is 0 or 3)
            pieces.AddRange(["finally", BlockIn(_place.Enclosed() with { CanRethrow = false, CanWait = _place.CanWait && Has(Features.FinallyWaits) }, "finally", 3)]);
        return Simple("try", [.. pieces]);
    }

    private void Catches(List<object> pieces)
    {
        if (Chance(3))
            Catch(pieces, "NarrowException", "exception");
        if (Chance(2))
            Catch(pieces, "ProgramException", "exception");
        if (Chance(3))
            Catch(pieces, Pick("ArithmeticException", "TimeoutException"), "");
        if (pieces.Count > 2 && Chance(2))
            return;
        if (Chance(3))
            pieces.AddRange(["catch", CatchBlock([])]);
        else
            Catch(pieces, "Exception", "");
    }

    private void Catch(List<object> pieces, string type, string variableType)
    {
        var outer = Enter();
        string name = Fresh("x");
        var variable = new Variable(name, variableType, CanWrite: false, _scope.Depth);
        _scope.Variables.Add(variable);
        string header = Chance(4) ? $"catch ({type})" : $"catch ({type} {name})";
        if (!header.Contains(' ' + name, StringComparison.Ordinal))
            _scope.Variables.Clear();
        pieces.Add(header);
        if (Chance(2))
            pieces.AddRange([$" when (t.Get({Number()}, ", Bool(), "))"]);
        bool isShown = _scope.Variables.Count != 0;
        pieces.Add(CatchBlock(isShown ? [Simple("trace", $"t.Add({Number()}, {name});")] : []));
        _scope = outer;
    }

    private Body CatchBlock(IEnumerable<Statement> start) =>
        BlockIn(_place with { CanRethrow = true, CanWait = _place.CanWait && Has(Features.CatchWaits) }, "catch", 3, start: () => start);

    private Statement Using()
    {
        var outer = Enter();
        var statement = _random.Next(5) switch
        {
            0 => Simple("using.expression", "using (", Resource(), ")", Block("using", 4)),
            1 => Simple("using.several", $"using (Resource {Fresh("h")} = ", Resource(), $", {Fresh("h")} = ", Resource(), ")", Block("using", 4)),
            2 => Simple("using.null", $"using (Resource? {Fresh("h")} = ", Bool(), " ? null : ", Resource(), ")", Block("using", 4)),
            3 => Simple("using.struct", $"using (var {Declare("k", "counter", canWrite: false)} = new Counter(t, {Number()}))", Block("using", 4)),
            _ => Simple("using", $"using (var {Fresh("h")} = ", Resource(), ")", Block("using", 4)),
        };
        _scope = outer;
        return statement;
    }

    private Statement UsingDeclaration() => !_scope.CanHoldUsingDeclaration ? Using() : _random.Next(3) switch
    {
        0 => Simple("usingDeclaration.several", $"using Resource {Fresh("h")} = ", Resource(), $", {Fresh("h")} = ", Resource(), ";"),
        1 => Simple("usingDeclaration.struct", $"using var {Declare("k", "counter", canWrite: false)} = new Counter(t, {Number()});"),
        _ => Simple("usingDeclaration", $"using var {Fresh("h")} = ", Resource(), ";"),
    };

    private Expression Resource() => Make("Resource", $"new Resource(t, {Number()})");

    private Statement Checked()
    {
        string kind = Pick("checked", "unchecked");
        return Simple(kind, kind, BlockIn(_place with { CanWait = _place.CanWait && Has(Features.CheckedWaits) }, kind, 4));
    }

    private Statement Lock() => Simple("lock", "lock (t)", BlockIn(_place with { CanWait = false }, "lock", 3));
}

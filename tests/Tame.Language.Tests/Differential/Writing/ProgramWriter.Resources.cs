using Tame.Language.Tests.Differential.Programs;

namespace Tame.Language.Tests.Differential.Writing;

/// <summary>Resources on the heap and on the stack.</summary>
internal sealed partial class ProgramWriter
{
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

    private Statement UsingDeclaration() => _random.Next(3) switch
    {
        0 => Simple("usingDeclaration.several", $"using Resource {Fresh("h")} = ", Resource(), $", {Fresh("h")} = ", Resource(), ";"),
        1 => Simple("usingDeclaration.struct", $"using var {Declare("k", "counter", canWrite: false)} = new Counter(t, {Number()});"),
        _ => Simple("usingDeclaration", $"using var {Fresh("h")} = ", Resource(), ";"),
    };

    private Expression Resource() => Make("Resource", $"new Resource(t, {Number()})");

    /// <summary>A ref struct is a resource; nothing waits from there to the end of its block.</summary>
    private Statement RefStructUsing()
    {
        var still = _place with { CanWait = false };
        var outer = Enter();
        string type = Pick("Lease", "Loan");
        var statement = _random.Next(4) switch
        {
            0 => Simple("refUsing.expression", $"using (new {type}(t, {Number()}))", BlockIn(still, "refUsing", 3)),
            1 => Simple("refUsing", $"using ({Pick("var", type)} {Declare("k", "counter", canWrite: false)} = new {type}(t, {Number()}))", BlockIn(still, "refUsing", 3)),
            _ => Simple("refUsing.block", BlockIn(_place, "refUsing", 4, start: () => RefStructDeclaration(type), end: () => [SayRefStruct()])),
        };
        _scope = outer;
        return statement;
    }

    private IEnumerable<Statement> RefStructDeclaration(string type)
    {
        if (_place.CanWait && !Chance(8))
            yield return SimpleWait();
        _place = _place with { CanWait = false };
        if (Chance(2))
            yield return Simple("refUsingDeclaration.several", $"using {type} {Declare("k", "counter", canWrite: false)} = new(t, {Number()}), {Declare("k", "counter", canWrite: false)} = new(t, {Number()});");
        else
            yield return Simple("refUsingDeclaration", $"using {Pick("var", type)} {Declare("k", "counter", canWrite: false)} = new {type}(t, {Number()});");
    }

    private Statement SayRefStruct() => Simple("trace", $"t.Add({Number()}, ", Find("counter") is { } found ? Make("int", Name(found), ".Next()") : Int(), ");");
}

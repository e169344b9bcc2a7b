using Tame.Language.Tests.Differential.Programs;

namespace Tame.Language.Tests.Differential.Writing;

/// <summary>Loops of every kind, each bounded by fuel.</summary>
internal sealed partial class ProgramWriter
{
    private Place Loop => _place with { CanBreak = true, CanContinue = true };

    private Statement While()
    {
        if (Chance(3))
        {
            var (scope, name) = (Enter(), Fresh("v"));
            var body = BlockIn(Loop, "while", 4, [new(name, "int", true, _scope.Depth + 1)]);
            _scope = scope;
            return Simple("while.pattern", $"while (t.Go() && t.Any() is int {name})", body);
        }
        var condition = Bool();
        return Simple("while", "while (t.Go() && ", condition, ")", BlockIn(Loop, "while", 4));
    }

    private Statement Do()
    {
        var body = BlockIn(Loop, "do", 4);
        return Simple("do", "do", body, "while (t.Go() && ", Bool(), ");");
    }

    private Statement For()
    {
        var outer = Enter();
        var statement = ForInScope();
        _scope = outer;
        return statement;
    }

    private Statement ForInScope()
    {
        var first = Int();
        switch (_random.Next(5))
        {
            case 0:
                return Simple("for.bare", "for (; ; )", BlockIn(Loop, "for", 4, start: Guard));
            case 1:
                string only = Declare("i", "int");
                return Simple("for.noCondition", $"for (int {only} = ", first, $"; ; {only}++)", BlockIn(Loop, "for", 4, start: Guard));
            case 2 when Find("int", toWrite: true) is { } outside:
                return Simple("for.assigned", "for (", Name(outside), " = 0; t.Go() && ", Name(outside), " < 3; ", Name(outside), "++)", BlockIn(Loop, "for", 4));
            case 3:
                var second = Int();
                var (i, j) = (Declare("i", "int"), Declare("j", "int"));
                return Simple("for.several", $"for (int {i} = 0, {j} = ", second, $"; {i} < 3 && t.Go(); {i}++, {j}--, t.Add({Number()}))", BlockIn(Loop, "for", 4));
            default:
                string name = Declare("i", "int");
                return Simple("for", $"for (int {name} = 0; t.Go() && {name} < {2 + _random.Next(3)}; {name}++)", BlockIn(Loop, "for", 4));
        }
    }

    private IEnumerable<Statement> Guard() => [Simple("if", "if (!t.Go() || ", Bool(), ") break;")];

    private Statement ForEach()
    {
        var outer = Enter();
        int count = 1 + _random.Next(3);
        var statement = _random.Next(13) switch
        {
            0 => ForEach("array", "int", $"t.Array({count}, 4)"),
            1 => ForEach("string", "char", $"t.Letters({count})"),
            2 => ForEach("list", "int", $"t.List({count})"),
            3 => ForEach("struct", "int", $"t.Structs({count})"),
            4 => ForEach("pattern", "Pair", $"t.Patterns({count})"),
            5 => ForEach("interface", "int", $"t.Numbers({count})"),
            6 => ForEach("objects", "int", $"t.Objects({count})"),
            7 => ForEach("extension", "int", $"t.Extended({count})"),
            8 => ForEach("conversion", "long", $"t.Numbers({count})"),
            9 => ForEach("tuple", "(int A, string B)", $"t.Pairs({count})"),
            10 => ForEachPair("deconstruction.tuple", $"t.Pairs({count})", "string"),
            11 => ForEachPair("deconstruction.method", $"t.Patterns({count})", "string?"),
            _ => Grid(count),
        };
        _scope = outer;
        return statement;
    }

    private Statement Grid(int count)
    {
        var outer = _place;
        _place = _place with { CanWait = _place.CanWait && Has(Features.GridWaits) };
        var statement = ForEach("grid", "int", $"t.Grid({count}, 2)");
        _place = outer;
        return statement;
    }

    private Statement ForEach(string kind, string type, string source)
    {
        string name = Declare("e", type == "(int A, string B)" ? "tuple" : type, canWrite: false);
        string written = kind is "objects" or "conversion" || Chance(2) ? type : "var";
        return Simple("foreach." + kind, $"foreach ({written} {name} in {source})", BlockIn(Loop, "foreach", 4));
    }

    private Statement ForEachPair(string kind, string source, string second)
    {
        var (a, b) = (Declare("e", "int", canWrite: false), Declare("s", second, canWrite: false));
        return Simple("foreach." + kind, $"foreach ({Pick($"var ({a}, {b})", $"(int {a}, var {b})")} in {source})", BlockIn(Loop, "foreach", 4));
    }

    /// <summary>Opens a scope for what a statement's header declares; the caller closes it.</summary>
    private Scope Enter()
    {
        var outer = _scope;
        _scope = new Scope(outer);
        return outer;
    }
}

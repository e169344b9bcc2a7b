using Tame.Language.Tests.Differential.Programs;

namespace Tame.Language.Tests.Differential.Writing;

/// <summary>Switches that have no default and leave no value out: C# counts on it.</summary>
internal sealed partial class ProgramWriter
{
    private (Expression Value, string[] Labels) ExhaustiveSwitch() => _random.Next(9) switch
    {
        0 or 1 or 2 => (Bool(), ["case true:", "case false:"]),
        3 => (Make("bool?", "(", Bool(), " ? ", Bool(), " : (bool?)null)"), ["case true:", "case null:", "case false:"]),
        4 => (Int(), ["case > 1:", "case <= 1:"]),
        5 => (Int(), ["case 0:", "case not 0:"]),
        6 => (Make("object?", "t.Any()"), ["case null:", "case not null:"]),
        7 => (Make("tuple", "(", Bool(), ", ", Bool(), ")"), ["case (true, _):", "case (false, true):", "case (_, false):"]),
        _ => (Make("side", "t.Side()"), ["case Side.Left:", "case Side.Top:", "case var _:"]),
    };

    private Statement Exhaustive()
    {
        var (value, labels) = ExhaustiveSwitch();
        return _random.Next(4) switch
        {
            0 => SpanInSections(value, labels),
            1 => FunctionOfSections(),
            2 => WithoutEnd(value, labels),
            _ => AssignedInSections(value, labels),
        };
    }

    /// <summary>Each section assigns a variable that is used behind the switch.</summary>
    private Statement AssignedInSections(Expression value, string[] labels)
    {
        string name = Fresh("i");
        var place = _place with { CanBreak = true, Cases = [] };
        var statement = InSwitch(value, _ => Sections(
            "switch.exhaustive",
            value,
            [.. labels.Select(label => SectionIn(place, [label], [], start: () => Simple("assignment", $"{name} = ", Int(), ";")))]));
        _scope.Variables.Add(new Variable(name, "int", true, _scope.Depth));
        return Simple("exhaustive.assigned", $"int {name};", new Body("exhaustive", [statement], IsBraced: false), $"t.Add({Number()}, {name});");
    }

    /// <summary>A span is assigned so, behind waits or not.</summary>
    private Statement SpanInSections(Expression value, string[] labels)
    {
        string name = Fresh("s");
        var sections = labels.Select(label => Simple("section", label, new Body("section", [.. SpanSection(name)], IsBraced: false), "break;"));
        var statement = Sections("switch.exhaustiveSpan", value, [.. sections]);
        return Simple("exhaustive.span", $"Span<int> {name};", new Body("exhaustive", [statement], IsBraced: false), $"t.Add({Number()}, Spans.Sum({name}));");
    }

    private IEnumerable<Statement> SpanSection(string name)
    {
        if (_place.CanWait && Chance(3))
            yield return Simple("wait.asap", "using (twait()) asap(mkevent());");
        yield return Simple("assignment", $"{name} = ", Name(Find("int[]")!), Pick("", ".AsSpan(1)"), ";");
    }

    /// <summary>A function ends in such a switch, each section of which returns.</summary>
    private Statement FunctionOfSections()
    {
        var (first, second) = (Captured(0), Captured(0));
        var (parameter, name) = (Fresh("y"), Fresh("L"));
        _scope.Variables.Add(new Variable(name, "function", CanWrite: false, _scope.Depth));
        return Simple("exhaustive.function", $"int {name}(int {parameter}) {{ switch ({parameter} > 1) {{ case true: return ", first, "; case false: return ", second, "; } }");
    }

    /// <summary>The section around the switch needs no break, since each section inside leaves it.</summary>
    private Statement WithoutEnd(Expression value, string[] labels)
    {
        string label = NewLabel();
        var around = Int();
        var place = _place with { CanBreak = false, Cases = [] };
        var statement = InSwitch(around, _ => Sections(
            "switch.number",
            around,
            Simple("section", "case 0: ", new Body("section", [InSwitch(value, _ => Inside(value, labels, place, label))], IsBraced: false)),
            Section(["case 1:"], ["case 0"]),
            Section(["default:"], ["case 1"])));
        _scope.LeaveByGoto();
        return Simple("exhaustive.withoutEnd", new Body("block", [statement, Simple("label", $"{label}: t.Add({Number()});")]));
    }

    private Statement Inside(Expression value, string[] labels, Place place, string label) => Sections(
        "switch.withoutEnd",
        value,
        [.. labels.Select(section => SectionIn(place, [section], [], end: Chance(2) ? Simple("goto.forward", $"goto {label};") : ExitFrom(place)))]);

    private Statement ExitFrom(Place place)
    {
        var outer = _place;
        _place = place;
        var exit = Exit();
        _place = outer;
        return exit;
    }

    /// <summary>Each section triggers the event, at the end of a method.</summary>
    private Statement TriggeredInSections()
    {
        var (value, labels) = ExhaustiveSwitch();
        return Sections("switch.exhaustiveTrigger", value, [.. labels.Select(label => Simple("section", label, new Body("section", [Simple("trigger", Trigger())], IsBraced: false), "break;"))]);
    }
}

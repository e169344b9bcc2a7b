using Tame.Language.Tests.Differential.Programs;

namespace Tame.Language.Tests.Differential.Writing;

/// <summary>Switch statements over numbers, strings, objects and tuples.</summary>
internal sealed partial class ProgramWriter
{
    private Statement Switch() => _random.Next(4) switch
    {
        0 => InSwitch(Int(), SwitchOnNumber),
        1 => InSwitch(Text(), SwitchOnText),
        2 => InSwitch(Make("tuple", "(", Int(), ", ", Bool(), ")"), SwitchOnTuple),
        _ => InSwitch(Make("object?", "t.Any()"), SwitchOnObject),
    };

    /// <summary>All sections are one scope; what the value declares belongs to the block around.</summary>
    private Statement InSwitch(Expression value, Func<Expression, Statement> write)
    {
        var outer = Enter();
        _scope.IsJumpedOver = true;
        var statement = write(value);
        _scope = outer;
        return statement;
    }

    private Statement SwitchOnNumber(Expression value)
    {
        string[] cases = ["case 0", "case 1", "default"];
        string name = Fresh("v");
        var when = Bool();
        var sections = new List<Statement> { Section(["case 0:"], cases), Section(["case 1:", "case 2:"], cases) };
        if (Chance(2))
            sections.Add(Section(["case > 3 and < 10:", "case < -2:"], cases));
        if (Chance(2))
            sections.Add(Section([$"case int {name} when {name} < (t.Get({Number()}, {when}) ? 3 : 0):"], [], new Variable(name, "int", true, _scope.Depth)));
        sections.Add(Section(["default:"], cases));
        return Sections("switch.number", value, [.. sections]);
    }

    private Statement SwitchOnText(Expression value)
    {
        string[] cases = ["case \"ab\"", "case \"b\""];
        return Sections("switch.text", value, Section(["case \"ab\":"], cases), Section(["case \"b\":", "case \"\":", "case \"s1\":"], cases));
    }

    private Statement SwitchOnTuple(Expression value)
    {
        string name = Fresh("v");
        var sections = new List<Statement>
        {
            Section(["case (0, true):", "case (1, _):"], ["default"]),
            Section([$"case (var {name}, false) when {name} > 1:"], ["default"], new Variable(name, "int", true, _scope.Depth)),
            Section(["default:"], []),
        };
        return Sections("switch.tuple", value, [.. sections]);
    }

    private Statement SwitchOnObject(Expression value)
    {
        var (number, text, pair, first, box) = (Fresh("v"), Fresh("v"), Fresh("v"), Fresh("v"), Fresh("v"));
        int depth = _scope.Depth;
        var sections = new List<Statement>();
        if (Chance(2))
            sections.Add(Section([$"case int {number} when t.Get({Number()}, {Bool()}):"], [], new Variable(number, "int", true, depth)));
        sections.Add(Section(["case int:", "case null:"], ["case null"]));
        if (Chance(2))
            sections.Add(Section([$"case string {{ Length: > 0 }} {text}:"], ["case null"], new Variable(text, "string", true, depth)));
        if (Chance(2))
            sections.Add(Section([$"case Pair {{ A: > 0 }} {pair}:"], [], new Variable(pair, "Pair", true, depth)));
        if (Chance(2))
            sections.Add(Section([$"case int[] and [var {first}, ..]:"], ["case null"], new Variable(first, "int", true, depth)));
        if (Chance(2))
            sections.Add(Section([$"case Box<int> {box}:", "case (int, string):"], []));
        return Sections("switch.object", value, [.. sections]);
    }

    private static Statement Sections(string kind, Expression value, params ReadOnlySpan<Statement> sections) =>
        Simple(kind, "switch (", value, ")", new Body("switch", [.. sections]));

    private Statement Section(string[] labels, string[] cases, Variable? variable = null) =>
        SectionIn(_place with { CanBreak = true, Cases = cases }, labels, variable is null ? [] : [variable]);

    /// <summary>In a default section C# takes <c>goto @default</c> for one to the section itself, which never ends.</summary>
    private static IReadOnlyList<(string Name, bool IsBackward)> WithoutDefault(IReadOnlyList<(string Name, bool IsBackward)> labels) =>
        [.. labels.Where(label => label.Name != "@default")];

    /// <summary>One section; without braces its declarations belong to the whole switch, unassigned elsewhere.</summary>
    private Statement SectionIn(Place place, string[] labels, Variable[] variables, Func<Statement>? start = null, Statement? end = null)
    {
        Body body;
        place = place with { IsInSection = true, Labels = labels.Contains("default:") ? WithoutDefault(place.Labels) : place.Labels };
        if (Chance(2))
        {
            body = BlockIn(place, "section", 3, variables, start is null ? null : () => [start()]);
        }
        else
        {
            var (outer, known, statements) = (_place, _scope.Variables.Count, new List<Statement>());
            _place = place;
            _depth++;
            _scope.Variables.AddRange(variables);
            if (start is not null)
                statements.Add(start());
            Statements(statements, 1 + _random.Next(3));
            _depth--;
            _place = outer;
            _scope.Variables.RemoveRange(known, _scope.Variables.Count - known);
            body = new Body("section", [.. statements], IsBraced: false);
        }
        return Simple("section", string.Join(' ', labels), body, end is null ? "break;" : end);
    }
}

using Tame.Language.Tests.Differential.Programs;

namespace Tame.Language.Tests.Differential.Writing;

/// <summary>Runs of statements over spans, between waits and around them.</summary>
internal sealed partial class ProgramWriter
{
    private readonly List<SpanLocal> _spans = [];

    /// <summary>Declares spans in this block and assigns them in blocks inside it. Nothing of them is used behind the run.</summary>
    private Statement SpanRun()
    {
        _spans.Clear();
        var statements = new List<Statement>();
        string? function = Chance(3) ? SpanFunction(statements) : null;
        statements.Add(SpanDeclaration(depth: 0));
        SpanSteps(statements, 2 + _random.Next(4), function, depth: 0);
        statements.AddRange(_spans.Where(span => !span.IsLost).Select(SpanUse));
        return Simple("spans", new Body("spans", [.. statements], IsBraced: false));
    }

    private void SpanSteps(List<Statement> statements, int count, string? function, int depth)
    {
        while (count-- > 0)
            SpanStep(statements, function, depth);
    }

    private void SpanStep(List<Statement> statements, string? function, int depth)
    {
        var live = _spans.Where(span => !span.IsLost).ToList();
        switch (_random.Next(9))
        {
            case 0 or 1:
                statements.Add(SpanDeclaration(depth));
                break;
            case 2 or 3 when _spans.Count != 0:
                statements.Add(SpanAssignment(_spans[_random.Next(_spans.Count)], function));
                break;
            case 4 or 5 when depth < 2:
                statements.Add(SpanBlock(function, depth));
                break;
            case 6 when _place.CanWait:
                statements.Add(SimpleWait());
                _spans.ForEach(span => span.IsLost = true);
                break;
            case 7 when live.Find(span => span.Type == "Span<int>" && span.Reach == Reach.Everywhere) is { } span:
                string name = Fresh("z");
                var array = Name(Find("int[]")!);
                statements.Add(Simple("span.ref", $"ref int {name} = ref ", array, $"[0]; if ({span.Name}.Length > 0) {name} = ref {span.Name}[^1]; {name} += {_random.Next(5)};"));
                break;
            case var _ when live.Count != 0:
                statements.Add(SpanUse(live[_random.Next(live.Count)]));
                break;
        }
    }

    private Statement SpanDeclaration(int depth)
    {
        string type = Pick("Span<int>", "ReadOnlySpan<int>", "ReadOnlySpan<char>");
        if (Chance(6))
        {
            _spans.Add(new SpanLocal(Fresh("s"), type, Reach.Everywhere, depth) { IsLost = true });
            return Simple("span.unassigned", $"{type} {_spans[^1].Name};");
        }
        var (value, reach) = SpanValue(type, null);
        bool isScoped = Chance(5);
        string name = Fresh("s");
        _spans.Add(new SpanLocal(name, type, isScoped ? Math.Max(reach, Reach.Block(depth)) : reach, depth));
        return Simple("span.declaration", $"{(isScoped ? "scoped " : "")}{type} {name} = ", value, ";");
    }

    private Statement SpanAssignment(SpanLocal target, string? function)
    {
        while (true)
        {
            var (value, reach) = SpanValue(target.Type, function);
            if (!target.Takes(reach))
                continue;
            target.IsLost = false;
            return Simple("span.assignment", $"{target.Name} = ", value, ";");
        }
    }

    /// <summary>A span of a type, and where it may go.</summary>
    private (Expression Value, int Reach) SpanValue(string type, string? function)
    {
        var live = _spans.Where(span => !span.IsLost && span.Type == type).ToList();
        if (live.Count == 0 || Chance(2))
            return NewSpan(type);
        var (one, other) = (live[_random.Next(live.Count)], live[_random.Next(live.Count)]);
        return _random.Next(6) switch
        {
            0 => (Make("span", $"Spans.First({one.Name}, {other.Name})"), one.Reach),
            1 when one.Reach == other.Reach => (Make("span", $"Spans.Longer({one.Name}, {other.Name})"), one.Reach),
            2 => (Make("span", $"{one.Name}.Slice({one.Name}.Length > 1 ? 1 : 0)"), one.Reach),
            3 when type == "Span<int>" && function is not null => (Make("span", $"{function}({one.Name}, {other.Name})"), one.Reach),
            4 => (Make("span", $"{one.Name}[..({one.Name}.Length / 2)]"), one.Reach),
            _ => (Make("span", $"Spans.Tail({one.Name})"), one.Reach),
        };
    }

    private (Expression Value, int Reach) NewSpan(string type) => (type, _random.Next(6)) switch
    {
        (_, 0) => (Make("span", "default"), Reach.Everywhere),
        ("ReadOnlySpan<char>", 1 or 2) => (Make("span", "\"abc\""), Reach.Everywhere),
        ("ReadOnlySpan<char>", _) => (Make("span", "(", Text(1), ").AsSpan()"), Reach.Everywhere),
        (_, 1) => (Make("span", "[t.Next(3), ", Int(1), "]"), Reach.Nowhere), // of constants alone it may go everywhere
        (_, 2) when !_place.IsInHandler => (Make("span", "stackalloc int[] { ", Int(1), ", 2, 3 }"), Reach.Method),
        (_, 3) => (Make("span", Name(Find("int[]")!), ".AsSpan(1)"), Reach.Everywhere),
        _ => (Name(Find("int[]")!), Reach.Everywhere),
    };

    /// <summary>A block in which spans of the blocks around it are assigned. A wait in it loses what it does not assign again.</summary>
    private Statement SpanBlock(string? function, int depth)
    {
        var (header, isLoop) = SpanHeader();
        var statements = new List<Statement>();
        var (outer, place, known) = (Enter(), _place, _spans.Count);
        var lost = _spans.Where(span => span.IsLost).ToList();
        _place = _place with { CanWait = _place.CanWait && !isLoop };
        SpanSteps(statements, 1 + _random.Next(4), function, depth + 1);
        _place = place;
        _scope = outer;
        _spans.RemoveRange(known, _spans.Count - known);
        if (header.Length != 0)
            lost.ForEach(span => span.IsLost = true);
        return Simple("span.block", [.. header, new Body(isLoop ? "while" : "if", [.. statements])]);
    }

    private (object[] Header, bool IsLoop) SpanHeader()
    {
        var live = _spans.Where(span => !span.IsLost).ToList();
        return _random.Next(5) switch
        {
            0 when live.Count != 0 => ([$"while (t.Go() && {live[_random.Next(live.Count)].Name}.Length > {_random.Next(2)})"], true),
            1 when live.Find(span => !span.IsText) is { } span => ([$"foreach (int {Fresh("e")} in {span.Name})"], true),
            2 => (["for (; t.Go() && ", Bool(), "; )"], true),
            3 => ([], false),
            _ => (["if (", Condition(), ")"], false),
        };
    }

    private Statement SpanUse(SpanLocal span) => _random.Next(3) switch
    {
        0 => Simple("span.use", $"t.Add({Number()}, {span.Name}.Length);"),
        1 when span.Type == "Span<int>" => Simple("span.use", $"if ({span.Name}.Length > 0) {span.Name}[0]++;"),
        _ => Simple("span.use", $"t.Add({Number()}, Spans.Sum({span.Name}));"),
    };

    /// <summary>A function that returns what its first parameter is, and not what its second is.</summary>
    private string SpanFunction(List<Statement> statements)
    {
        var (first, second) = (Fresh("y"), Fresh("y"));
        var value = Chance(2) ? Make("int", "1") : Captured(0);
        string name = Fresh("L");
        statements.Add(Simple("span.function", $"Span<int> {name}(Span<int> {first}, scoped ReadOnlySpan<int> {second}) => {second}.Length > ", value, $" ? Spans.Tail({first}) : {first};"));
        return name;
    }
}

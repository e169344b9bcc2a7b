using Tame.Language.Tests.Differential.Programs;

namespace Tame.Language.Tests.Differential.Writing;

/// <summary>Inline arrays, extension members, anonymous types in other types, slots for null.</summary>
internal sealed partial class ProgramWriter
{
    private Statement InlineArrayStatement() => WithVariable("Four", DeclaredInlineArray, found => _random.Next(4) switch
    {
        0 => Simple("inlineArray.assignment", Name(found), "[", Int(), " & 3] ", Pick("=", "+="), " ", Int(), ";"),
        1 => ForEachOf("inlineArray.slice", Name(found), "[1..3]"),
        2 => Simple("inlineArray.span", $"Span<int> {Fresh("s")} = ", Name(found), $"; t.Add({Number()}, Spans.Sum(", Name(found), "));"),
        _ => ForEachOf("inlineArray.foreach", Name(found)),
    });

    private Statement DeclaredInlineArray()
    {
        var value = Int();
        string name = Declare("k", "Four");
        return Simple("inlineArray.declaration", $"Four {name} = default; {name}[{_random.Next(4)}] = ", value, ";");
    }

    /// <summary>A statement that uses a variable of a type, behind the variable's declaration where there is none yet.</summary>
    private Statement WithVariable(string type, Func<Statement> declare, Func<Variable, Statement> use)
    {
        if (!Chance(3) && Find(type, toWrite: true) is { } found)
            return use(found);
        var declaration = declare();
        return Simple("declared", new Body("declared", [declaration, use(_scope.Variables[^1])], IsBraced: false));
    }

    /// <summary>A foreach in which nothing waits.</summary>
    private Statement ForEachOf(string kind, params ReadOnlySpan<object> source)
    {
        object[] pieces = [.. source];
        var outer = Enter();
        string name = Declare("e", "int", canWrite: false);
        var statement = Simple(kind, [$"foreach (int {name} in ", .. pieces, ")", BlockIn(Loop with { CanWait = false }, "foreach", 3)]);
        _scope = outer;
        return statement;
    }

    private Statement InlineArrayLoop() => WithVariable("Four", DeclaredInlineArray, found =>
    {
        var outer = Enter();
        string name = Declare("e", "int", canWrite: false);
        var statement = Simple("inlineArray.wait", $"foreach (var {name} in ", Name(found), ")", BlockIn(Loop, "foreach", 4, start: () => _place.CanWait ? [SimpleWait()] : []));
        _scope = outer;
        return statement;
    });

    private Expression InlineArrayElement(int depth) => Find("Four") is not { } found ? Leaf() : _random.Next(3) switch
    {
        0 => Make("int", Name(found), "[^1]"),
        1 => Make("int", "Spans.Sum(", Name(found), ")"),
        _ => Make("int", Name(found), "[", Int(depth + 1), " & 3]"),
    };

    private Expression Extension(int depth) => _random.Next(6) switch
    {
        0 => Make("int", "(", Int(depth + 1), ").Twice"),
        1 => Make("int", "(", Int(depth + 1), ").Plus(", Int(depth + 1), ")"),
        2 => Make("int", "int.Answer"),
        3 when Find("Pair", toWrite: true) is { } pair => Make("int", Name(pair), ".Raise(", Int(depth + 1), ")"),
        4 when Find("List<int>") is { } list => Make("int", Name(list), ".Items"),
        5 => Make("int", "(t.Total += ", Int(depth + 1), ")"),
        _ => Make("int", "(", Text(depth), ").Half"),
    };

    private Statement ExtensionStatement() => Chance(2)
        ? Simple("extension.property", "t.Total ", Pick("=", "+="), " ", Int(), ";")
        : WithVariable(
            "List<int>",
            () => Declared("List<int>", "l", "List<int>", Make("List<int>", "new List<int> { ", Int(), " }")),
            list => Simple("extension.call", Name(list), ".Twice(", Int(), ");"));

    private Statement NestedAnonymous()
    {
        var (first, second, text) = (Int(), Int(), Text());
        switch (_random.Next(5))
        {
            case 0:
                return Simple("anonymous.nested", $"var {Declare("o", "anonymous.nested")} = new {{ N = ", first, ", In = new { K = ", second, ", M = ", text, " } };");
            case 1:
                return Simple("anonymous.list", $"var {Declare("o", "anonymous.list")} = new[] {{ new {{ N = ", first, " }, new { N = ", second, " } }.ToList();");
            case 2:
                return Simple("anonymous.tuple", $"var {Declare("o", "anonymous.tuple")} = (new {{ N = ", first, " }, ", second, ");");
            case 3:
                string name = Fresh("o");
                return Simple("anonymous.select", $"var {name} = ", Name(Find("int[]")!), $".Select({Fresh("z")} => new {{ N = ", Captured(1), $" }}).ToList(); t.Add({Number()}, {name}[0].N);");
            default:
                return AnonymousGroups();
        }
    }

    private Statement AnonymousGroups()
    {
        var source = Name(Find("int[]")!);
        var (item, group) = (Fresh("z"), Fresh("z"));
        string groups = $".GroupBy({item} => {item} & 1).Select({group} => new {{ {group}.Key, Items = {group}.Select({item} => new {{ N = {item} }}).ToList() }}).ToList()";
        var outer = Enter();
        string name = Declare("o", "anonymous.group", canWrite: false);
        var statement = Simple("anonymous.foreach", $"foreach (var {name} in ", source, groups, ")", BlockIn(Loop, "foreach", 4));
        _scope = outer;
        return statement;
    }

    private Expression AnonymousMember() => Pick("nested", "list", "tuple", "group") is var kind && Find("anonymous." + kind) is not { } found ? Leaf() : kind switch
    {
        "nested" => Make("int", Name(found), Pick(".N", ".In.K", ".In.M.Length")),
        "list" => Make("int", Name(found), Pick("[1].N", ".Count")),
        "tuple" => Make("int", Name(found), Pick(".Item1.N", ".Item2")),
        _ => Make("int", Name(found), Pick(".Key", ".Items[0].N")),
    };

    /// <summary>A lambda whose type has no name, and which no wait separates from its calls.</summary>
    private Statement AnonymousDelegate()
    {
        var value = Captured(0);
        var (name, parameter) = (Fresh("f"), Fresh("y"));
        return Pick(
            Simple("anonymousDelegate.default", $"var {name} = (int {parameter} = 5) => {parameter} + ", value, $"; t.Add({Number()}, {name}() + {name}(1));"),
            Simple("anonymousDelegate.params", $"var {name} = (params int[] {parameter}) => {parameter}.Length + ", value, $"; t.Add({Number()}, {name}(1, 2) + {name}());"),
            Simple("anonymousDelegate.ref", $"var {name} = (ref int {parameter}) => {parameter} += ", value, $"; t.Add({Number()}, {name}(ref A[0]));"));
    }

    private Statement NaturalDelegate() => WithVariable("function", LocalFunction, function => Chance(2)
        ? Simple("delegate.natural", $"Delegate {Fresh("f")} = {function.Name};")
        : Simple("delegate.argument", $"t.Add({Number()}, World.Parameters({function.Name}));"));

    private Statement DeclaredText()
    {
        var value = Text();
        return Simple("declaration.null", $"string? {Declare("s", "string?")} = ", Chance(2) ? "null" : value, ";");
    }

    private Statement NullSlot() => WithVariable("string?", DeclaredText, found => (_place.CanWait ? _random.Next(4) : -1) switch
    {
        < 0 => Simple("trace", $"t.Add({Number()}, ", Name(found), ");"),
        0 => Simple("wait.null", $"using (twait()) t.Line({_random.Next(3)}, mkevent(out ", Name(found), "));"),
        1 => Simple("wait.null", $"using (twait()) t.Later({_random.Next(3)}, (string?)null, mkevent(out ", Name(found), "));"),
        2 => Simple("wait.nulls", $"using (twait()) t.Later({_random.Next(3)}, ", Int(), ", (string?)null, mkevent(out ", Slot(), ", out ", Name(found), "));"),
        _ => NewNullSlot($"t.Line({_random.Next(3)}, ", ""),
    });

    private Statement AdaptedNullSlot() => WithVariable("string?", DeclaredText, found => (_place.CanWait ? _random.Next(3) : -1) switch
    {
        < 0 => Simple("trace", $"t.Add({Number()}, ", Name(found), ");"),
        0 => Simple("wait.nullTask", "using (twait()) t.Line().Trigger(mkevent(out ", Name(found), "));"),
        1 => Simple("wait.nullLimit", $"using (twait()) t.Line({_random.Next(3)}, mkevent(out ", Name(found), ").WithTimeout(TimeSpan.FromSeconds(9)));"),
        _ => NewNullSlot("t.Line(1, ", ".WithTimeout(TimeSpan.FromSeconds(9))"),
    });

    /// <summary>A slot that is declared in its block, and read there before anything comes.</summary>
    private Statement NewNullSlot(string start, string end)
    {
        string name = Fresh("w");
        return Simple("wait.newNull", $"using (twait()) {{ {start}mkevent(out string? {name}){end}); t.Add({Number()}, {name} is null); }}");
    }
}

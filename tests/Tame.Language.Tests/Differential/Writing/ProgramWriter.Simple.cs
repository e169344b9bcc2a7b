using Tame.Language.Tests.Differential.Programs;

namespace Tame.Language.Tests.Differential.Writing;

/// <summary>Statements without a statement inside: declarations, assignments, calls.</summary>
internal sealed partial class ProgramWriter
{
    /// <summary>Variables that print as nothing, or as the name of a type.</summary>
    private static readonly HashSet<string> s_unshown = ["function", "function.generic", "Func<int>", "List<int>", "counter", "query", "anonymous.list"];

    private Statement SimpleStatement() => _random.Next(16) switch
    {
        0 or 1 or 2 => Declaration(),
        3 or 4 => Assignment(),
        5 when !_isPlain => Keep(),
        6 when !_isPlain => Delegate(),
        7 => Deconstruction(),
        8 or 11 when !_isPlain => LocalFunction(),
        9 when MayFail() => Simple("call", $"t.MayThrow({Number()});"),
        10 => OutVariable(),
        _ => Simple("trace", $"t.Add({Number()}, ", Chance(6) ? Shown() : Int(), ");"),
    };

    /// <summary>Any value at all, to be written down.</summary>
    private Expression Shown()
    {
        var all = _scope.All().Where(v => !s_unshown.Contains(v.Type)).ToList();
        return Name(all[_random.Next(all.Count)]);
    }

    private Statement Declaration()
    {
        switch (_random.Next(Has(Features.Anonymous) ? 16 : 15))
        {
            case 0: return Declared("string", "s", "string", Text());
            case 1: return Declared("int?", "n", "int?", Nullable());
            case 2: return Declared("bool", "b", "bool", Bool());
            case 3: return Declared("(int A, string B)", "u", "tuple", Make("tuple", "(", Int(), ", ", Text(), ")"));
            case 4: return Declared("Pair", "g", "Pair", Make("Pair", "new Pair { A = ", Int(), ", B = ", Text(), " }"));
            case 5: return Declared("Box<int>", "x", "Box<int>", Make("Box<int>", "new Box<int> { Value = ", Int(), " }"));
            case 6: return Declared("int[]", "a", "int[]", Make("int[]", "new[] { ", Int(), ", ", Int(), ", 3 }"));
            case 7: return Declared("List<int>", "l", "List<int>", Make("List<int>", "new List<int> { ", Int(), " }"));
            case 8 when Chance(2): return Declared("dynamic", "d", "dynamic", Int());
            case 9: return Constant();
            case 10: return Several();
            case 11 or 12 or 13 or 14: return Declared("int", "i", "int", Int());
            default: return Declared("var", "o", "anonymous", Make("anonymous", "new { N = ", Int(), ", M = ", Text(), " }"));
        }
    }

    private Statement Declared(string written, string prefix, string type, Expression value)
    {
        string keyword = written is "int" or "Pair" or "string" && Chance(2) ? "var" : written;
        return Simple("declaration." + type, $"{keyword} {Declare(prefix, type)} = ", value, ";");
    }

    private Statement DeclaredAs(string kind, string prefix, Expression value, string? type = null) =>
        Simple(kind, $"var {Declare(prefix, type ?? value.Type)} = ", value, ";");

    private Statement Constant() => Simple("declaration.const", $"const int {Declare("c", "int", canWrite: false)} = {_random.Next(5)};");

    private Statement Several()
    {
        var (first, second) = (Int(), Int());
        return Simple("declaration.several", $"int {Declare("i", "int")} = ", first, $", {Declare("j", "int")} = ", second, ";");
    }

    private Statement Deconstruction()
    {
        var (first, second) = (Int(), Int());
        if (Find("int", toWrite: true) is { } one && Find("int", toWrite: true) is { } other && Chance(2))
            return Simple("assignment.swap", "(", Name(one), ", ", Name(other), ") = (", first, ", ", second, ");");
        if (Find("Pair") is { } pair && Chance(2))
            return Simple("declaration.deconstruction", $"var ({Declare("i", "int")}, {Declare("s", "string?")}) = ", Name(pair), ";");
        return Simple("declaration.deconstruction", $"var ({Declare("i", "int")}, {Declare("j", "int")}) = (", first, ", ", second, ");");
    }

    private Statement OutVariable()
    {
        var value = Int();
        return Simple("declaration.out", $"t.Try(", value, $", out int {Declare("v", "int")});");
    }

    private Statement Assignment()
    {
        var value = Int();
        if (Find(Pick("Pair", "Box<int>", "tuple", "List<int>", "dynamic")) is { CanWrite: true } other && Chance(2))
        {
            string text = other.Type switch { "Pair" => ".A = ", "Box<int>" => ".Value += ", "tuple" => ".A -= ", "List<int>" => ".Add(", _ => " = " };
            return Simple("assignment.member", Name(other), text, value, other.Type == "List<int>" ? ");" : ";");
        }
        return Chance(3) ? Simple("assignment.element", Name(Find("int[]")!), "[", Int(), " & 1] = ", value, ";")
            : Simple("assignment", Name(Find("int", toWrite: true)!), Pick(" = ", " += ", " ^= "), value, ";");
    }

    /// <summary>A lambda that is called much later.</summary>
    private Statement Keep() => Simple("lambda.kept", "t.Keep(() => ", Captured(0), ");");

    private Statement Delegate()
    {
        var value = Captured(0);
        return Find("function") is { } function
            ? Simple("delegate", $"Func<int, int> {Fresh("f")} = {function.Name}; t.Add({Number()}, {function.Name}(1));")
            : Simple("lambda", $"Func<int> {Declare("f", "Func<int>")} = () => ", value, ";");
    }

    private Statement LocalFunction()
    {
        string parameter = Fresh("y");
        var value = Captured(0);
        string name = Fresh("L");
        _scope.Variables.Add(new Variable(name, "function", CanWrite: false, _scope.Depth));
        return Simple("function", $"int {name}(int {parameter}) {{ t.Add({Number()}, {parameter}); return {parameter} > 3 || {parameter} < 0 ? ", value, $" : {name}({parameter} + 2); }}");
    }

    /// <summary>A number made of what stands around a lambda or local function; it may change it.</summary>
    private Expression Captured(int depth)
    {
        int deepest = Has(Features.FreshCaptures) ? int.MaxValue : _canLabel ? 0 : 1;
        var found = _scope.All().Where(v => v.Type == "int" && v.Depth <= deepest).ToList();
        var variable = found[Math.Min(_random.Next(found.Count), _random.Next(found.Count))];
        return _random.Next(4) switch
        {
            0 when variable.CanWrite => Make("int", Name(variable), "++"),
            1 when variable.CanWrite => Make("int", "(", Name(variable), " += 2)"),
            2 => Make("int", $"t.Get({Number()}, ", Name(variable), ")"),
            _ => Make("int", "(", Name(variable), " + ", Name(found[_random.Next(found.Count)]), ")"),
        };
    }
}

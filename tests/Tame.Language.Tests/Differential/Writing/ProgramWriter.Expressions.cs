using Tame.Language.Tests.Differential.Programs;

namespace Tame.Language.Tests.Differential.Writing;

/// <summary>Expressions by type. Whatever has an effect writes it down, so that the order of evaluation shows.</summary>
internal sealed partial class ProgramWriter
{
    private Expression Int(int depth = 0)
    {
        if (depth > 2 || _random.Next(5) < 3)
            return Leaf();
        if (_specialNumbers.Length != 0 && !_isPlain && Chance(4))
            return _specialNumbers[_random.Next(_specialNumbers.Length)].Write(depth);
        return _random.Next(22) switch
        {
            0 or 1 or 2 => Make("int", "(", Int(depth + 1), Pick(" + ", " - ", " * "), Int(depth + 1), ")"),
            3 or 4 => Make("int", $"t.Get({Number()}, ", Int(depth + 1), ")"),
            5 => Make("int", "(", Bool(depth + 1), " ? ", Int(depth + 1), " : ", Int(depth + 1), ")"),
            6 when MayFail() => Make("int", "(", Int(depth + 1), " / t.Next(4))"),
            7 when MayFail() => Make("int", "checked(", Int(depth + 1), " * t.Big())"),
            8 => Make("int", "unchecked(", Int(depth + 1), " * t.Big())"),
            9 => Assigned(depth),
            10 => Element(depth),
            11 => Member(),
            12 => SwitchExpression(depth),
            13 => Call(depth),
            14 when MayFail() => Make("int", $"t.MayThrow({Number()})"),
            15 => Lambda(depth),
            16 => Query(depth),
            17 => Conversion(depth),
            18 => Make("int", Text(depth), ".Length"),
            19 => Make("int", "(", Nullable(depth), " ?? ", Int(depth + 1), ")"),
            _ => Leaf(),
        };
    }

    private bool MayFail() => _place.IsGuarded || Chance(8);

    private Expression Leaf() => Find("int") is { } found && !Chance(3) ? Name(found)
        : Chance(4) ? Make("int", $"t.Next({2 + _random.Next(4)})")
        : Make("int", _random.Next(6).ToString(System.Globalization.CultureInfo.InvariantCulture));

    private Expression Assigned(int depth) => Find("int", toWrite: true) is not { } found ? Leaf() : _random.Next(4) switch
    {
        0 => Make("int", Name(found), "++"),
        1 => Make("int", "--", Name(found)),
        2 => Make("int", "(", Name(found), " += ", Int(depth + 1), ")"),
        _ => Make("int", "(", Name(found), " = ", Int(depth + 1), ")"),
    };

    private Expression Element(int depth) => Chance(2) && Find("List<int>") is { } list
        ? Make("int", Name(list), Pick(".Count", ".Sum()"))
        : Make("int", Name(Find("int[]")!), "[", Int(depth + 1), " & 1]");

    private Expression Member() => Pick("Pair", "Box<int>", "tuple", "dynamic", "exception", "anonymous", "counter") is var type && Find(type) is not { } found ? Leaf() : type switch
    {
        "Pair" => Make("int", Name(found), Pick(".A", ".A", found.CanWrite ? ".Grow()" : ".A")),
        "Box<int>" => Make("int", Name(found), ".Value"),
        "dynamic" => Make("int", "(int)", Name(found)),
        "exception" => Make("int", Name(found), ".Number"),
        "anonymous" => Make("int", Name(found), ".N"),
        "counter" => Make("int", Name(found), ".Next()"),
        _ => Make("int", Name(found), ".A"),
    };

    private Expression SwitchExpression(int depth) =>
        Make("int", "(", Int(depth + 1), " switch { 0 => ", Int(depth + 1), ", > 2 => ", Int(depth + 1), ", _ => ", Int(depth + 1), " })");

    private Expression Call(int depth) => Find("Func<int>") is { } function && Chance(2) ? Make("int", Name(function), "()")
        : Find("function") is { } local ? Make("int", Name(local), "(", Int(depth + 1), ")")
        : Leaf();

    /// <summary>A lambda that reads or writes what is around it.</summary>
    private Expression Lambda(int depth)
    {
        string item = Fresh("z");
        return Make("int", Name(Find("int[]")!), $".Fold({item} => {item} + ", Captured(depth), ")");
    }

    /// <summary>A variable declared inside an expression.</summary>
    private Expression Conversion(int depth)
    {
        string name = Fresh("v");
        return Chance(2)
            ? Make("int", $"(t.Any() is int {name} ? {name} : ", Int(depth + 1), ")")
            : Make("int", "(t.Try(", Int(depth + 1), $", out int {name}) ? {name} : -{name})");
    }

    private Expression Bool(int depth = 0) => (depth > 2 ? 0 : _random.Next(12)) switch
    {
        0 or 1 or 2 => Make("bool", "t.Some()"),
        3 or 4 => Make("bool", "(", Int(depth + 1), Pick(" > ", " < ", " == ", " != "), Int(depth + 1), ")"),
        5 => Make("bool", "(", Bool(depth + 1), Pick(" && ", " || "), Bool(depth + 1), ")"),
        6 => Make("bool", "!", Bool(depth + 1)),
        7 => Make("bool", $"t.Get({Number()}, ", Bool(depth + 1), ")"),
        8 => Make("bool", "(", Int(depth + 1), Pick(" is > 1 and < 5", " is 0 or 2", " is not 1", " is < 0"), ")"),
        9 => Make("bool", "(", Name(Find("int[]")!), Pick(" is [1, ..]", " is [_, _, > 2]", " is { Length: > 1 }"), ")"),
        10 => PatternTest(),
        _ => Find("bool") is { } found ? Name(found) : Make("bool", "t.Some()"),
    };

    private Expression PatternTest()
    {
        string name = Fresh("v");
        return Pick(
            Make("bool", $"(t.Any() is int {name} && {name} > 0)"),
            Make("bool", $"(t.Any() is not string {name} || {name}.Length > 1)"),
            Make("bool", $"(t.Any() is Pair {{ A: > 0 }} {name} && {name}.B is not null)"));
    }

    private Expression Text(int depth = 0) => Find("string") is { } found && Chance(2) ? Name(found)
        : Chance(2) ? Make("string", "\"ab\"")
        : Make("string", "$\"s{", Int(depth + 1), "}\"");

    private Expression Nullable(int depth = 0) => Find("int?") is { } found && Chance(2) ? Name(found)
        : Make("int?", "(", Bool(depth + 1), " ? ", Int(depth + 1), " : (int?)null)");

    private static Expression Make(string type, params ReadOnlySpan<object> pieces) => new(type, Parts.Of(pieces));

    private Expression Name(Variable variable) => Make(variable.Type, Used(variable));

    private Variable? Find(string type, bool toWrite = false)
    {
        var found = _scope.All().Where(v => v.Type == type && (!toWrite || v.CanWrite)).ToList();
        // What was declared last is used most.
        return found.Count == 0 ? null : found[Math.Min(_random.Next(found.Count), _random.Next(found.Count))];
    }
}

using Tame.Language.Tests.Differential.Programs;

namespace Tame.Language.Tests.Differential.Writing;

/// <summary>What learns its caller's text, line and member.</summary>
internal sealed partial class ProgramWriter
{
    private Expression Told(int depth)
    {
        var value = ShortInt(depth);
        return _random.Next(8) switch
        {
            // The compiler's text of a receiver leaves `checked(…)` out; the generator's does not, and either is good enough.
            0 => Make("int", Name(Find("int")!), ".Said()"),
            1 => Make("int", "new Notes(", value, ").Sum"),
            2 => Make("int", "new Notes()[", value, "]"),
            3 => Make("int", "t.Where(", value, ")"),
            4 => Make("int", "t.Say(line: t.Next(2), value: ", value, ")"),
            5 => Make("int", "A.Fold(", Fresh("z"), " => t.Say(", Captured(depth), "))"),
            _ => Make("int", "t.Say(", value, ")"),
        };
    }

    /// <summary>Short: its text is written down.</summary>
    private Expression ShortInt(int depth) => Find("int") is { } found && Chance(2)
        ? Make("int", Name(found), Pick("", " + 1", " * 2", "!"))
        : Int(depth + 1);

    private Expression ToldWithoutCall(int depth)
    {
        var value = ShortInt(depth);
        return _random.Next(9) switch
        {
            0 => Make("int", "new Notes { ", value, ", ", ShortInt(depth), " }.Sum"),
            1 => Make("int", "new Notes { { ", value, ", ", ShortInt(depth), " } }.Sum"),
            2 => Make("int", "new Notes { [", value, "] = ", Int(depth + 1), " }.Sum"),
            3 => Make("int", "Notes.SumOf([", value, ", ", ShortInt(depth), "])"),
            4 => Make("int", "(", Find("notes") is { } notes ? Name(notes) : Make("notes", "t.AnyNotes()"), "?[", value, "] ?? 0)"),
            5 => Make("int", "(t.AnyNotes()?.Say(", value, ") ?? 0)"),
            6 => Make("int", "new Notebook { Notes = { ", value, " } }.Notes.Sum"),
            7 => Make("int", "new Notebook { Notes = { [", value, "] = 2 } }.Notes[", ShortInt(depth), "]"),
            _ => NotesQuery(),
        };
    }

    /// <summary>A query has no place for an argument, so its clause names no variable of the body: the text of one that lambdas capture is not the user's.</summary>
    private Expression NotesQuery()
    {
        string item = Fresh("q");
        return Make("int", $"(from {item} in new Notes(1) select {item} {Pick("+", "*", "-")} {_random.Next(9)})");
    }

    private Statement ToldStatement()
    {
        var argument = ShortInt(1);
        if (Chance(3))
            return ToldFunction(argument);
        return Find("int") is { } found && Chance(2)
            ? Simple("caller.nameof", $"t.Add({Number()}, nameof({Used(found)}));")
            : Simple("caller.line", $"t.Add({Number()}, t.Say(", argument, "));");
    }

    /// <summary>A function that is told about its callers.</summary>
    private Statement ToldFunction(Expression argument)
    {
        var value = Captured(0);
        var (first, text, line, function) = (Fresh("y"), Fresh("y"), Fresh("y"), Fresh("L"));
        string parameters = $"(int {first}, [CallerArgumentExpression(nameof({first}))] string {text} = \"\", [CallerLineNumber] int {line} = 0)";
        return Simple("caller.function", $"int {function}{parameters} {{ t.Add({line}, {text}); return {first} + ", value, $"; }} t.Add({Number()}, {function}(", argument, "));");
    }

    /// <summary>A function with attributes that are told where they are.</summary>
    private Statement ToldAttribute()
    {
        var value = Captured(0);
        var (parameter, name) = (Fresh("y"), Fresh("L"));
        int number = Number();
        string told = Has(Features.CallerInfoInAttributesAnywhere)
            ? $"NamedAttribute.Of((Func<int, int>){name}) + NamedAttribute.OfParameter((Func<int, int>){name})"
            : $"{name}({number})";
        return Simple("caller.attribute", $"[Named] int {name}([Named] int {parameter}) => {parameter} + ", value, $"; t.Add({number}, {told});");
    }

    private Statement ToldWithoutCallStatement()
    {
        var (first, second) = (ShortInt(1), ShortInt(1));
        return Chance(2)
            ? Simple("caller.notes", $"var {Declare("n", "notes")} = new Notes {{ ", first, " };")
            : Simple("caller.collection", $"Notes {Declare("n", "notes")} = [", first, ", ", second, "];");
    }
}

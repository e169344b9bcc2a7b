using Tame.Language.Tests.Differential.Programs;

namespace Tame.Language.Tests.Differential.Writing;

/// <summary>Waits of one statement: for a task, and for one operation that a lambda starts.</summary>
internal sealed partial class ProgramWriter
{
    private Statement EverydayWait() => _random.Next(9) switch
    {
        0 => Simple("wait.task", $"twait(t.{Pick("Work", "QuickWork")}({When()}));"),
        1 or 2 => WaitForTask(Pick("Work", "Work", "QuickWork"), Int()),
        3 when MayFail() => WaitForTask(Pick("FailedWork", "FailedWork", "CanceledWork"), Make("int", $"{Number()}")),
        4 when MayFail() => Started("failure", e => Make("start", $"t.Fail({When()}, {Number()}, {e})"), values: 0),
        5 when Chance(3) => Started("kept", e => Make("start", Chance(2) ? $"asap({e})" : $"timer(TimeSpan.FromSeconds({When()}), {e})"), values: 0),
        5 => Started("plain", e => Make("start", $"t.Later({When()}, {e})"), values: 0),
        6 => Started("two", e => Make("start", $"t.Later({When()}, ", Leaf(), ", ", Leaf(), $", {e})"), values: 2),
        7 => Started("return", e => Make("start", $"{{ if (t.Some()) {{ {e}.Trigger(", Leaf(), $"); return; }} t.Add({Number()}); t.Later({When()}, ", Leaf(), $", {e}); }}"), values: 1),
        8 when Chance(2) => Started("branches", e => Make("start", $"{{ if (t.Some()) t.Later({When()}, ", Leaf(), $", {e}); else {e}.Trigger(", Leaf(), "); }"), values: 1),
        _ => Started("value", e => Make("start", $"t.Later({When()}, ", Leaf(), $", {e})"), values: 1),
    };

    private int When() => _random.Next(4);

    /// <summary>The result is dropped, discarded, or goes to a new variable or to a slot.</summary>
    private Statement WaitForTask(string task, Expression value)
    {
        int when = When();
        return _random.Next(6) switch
        {
            0 => Simple("wait.taskOnly", $"twait(t.{task}({when}, ", value, "));"),
            1 => Simple("wait.taskDiscard", $"twait(t.{task}({when}, ", value, $"), out {Pick("_", "int _")});"),
            2 or 3 => Simple("wait.taskNew", $"twait(t.{task}({when}, ", value, $"), out {Pick("int", "var")} {Declare("i", "int")});"),
            _ => Simple("wait.taskSlot", $"twait(t.{task}({when}, ", value, "), out ", Slot(), ");"),
        };
    }

    /// <summary>
    /// The lambda is one to the compiler: what it declares ends with it, so its operands declare nothing. Each value goes to a new variable or to a slot.
    /// </summary>
    private Statement Started(string kind, Func<string, Expression> start, int values)
    {
        string parameter = Fresh("e");
        var body = start(parameter);

        // A place is found before the wait: no variable that the same statement declares has a value there.
        Expression?[] places = [.. Enumerable.Range(0, values).Select(_ => Chance(3) ? null : Slot())];
        var slots = places.SelectMany(place => new object[] { ", out ", place ?? Make("newSlot", $"int {Declare("i", "int")}") });
        return Simple($"wait.start.{kind}", [$"twait({parameter} => ", body, .. slots, ");"]);
    }
}

using Tame.Language.Tests.Differential.Programs;

namespace Tame.Language.Tests.Differential.Writing;

/// <summary>Waits of every form: blocks, blocks in blocks, calls, rendezvous.</summary>
internal sealed partial class ProgramWriter
{
    private Statement Wait() => _random.Next(11) switch
    {
        < 7 => SimpleWait(),
        7 => Rendezvous(),
        _ => Chance(3) ? KeptBlock() : WaitBlock(),
    };

    private Statement SimpleWait() => _random.Next(10) switch
    {
        7 or 8 or 9 => EverydayWait(),
        0 => Simple("wait.asap", "using (twait()) asap(mkevent());"),
        1 => Simple("wait.timer", $"using (twait()) timer(TimeSpan.FromSeconds({_random.Next(4)}), mkevent());"),
        2 or 3 => WaitForValue(),
        4 when MayFail() => Chance(2) ? WaitForFailures() : Simple("wait.failure", $"using (twait()) t.Fail({_random.Next(4)}, {Number()}, ", Event("mkevent()"), ");"),
        _ => WaitForCall(),
    };

    /// <summary>Several failures in one block, in any order; in a try region or not.</summary>
    private Statement WaitForFailures()
    {
        var events = Enumerable.Range(0, 2 + _random.Next(3)).Select(i => Chance(4) && i != 0
            ? $"t.Later({_random.Next(4)}, mkevent());"
            : $"t.Fail({_random.Next(4)}, {Number()}, mkevent());");
        string block = $"using (twait()) {{ {string.Join(' ', events)} }}";
        if (MayFail() && Chance(2))
            return Simple("wait.failures", block);
        string failure = Fresh("x");
        return Simple("wait.failures", $"try {{ {block} }} catch (ProgramException {failure}) {{ t.AddAll({Number()}, {failure}); }}");
    }

    private Statement WaitForValue()
    {
        var value = Int();
        var slot = Slot();
        return Simple("wait.value", $"using (twait()) t.Later({_random.Next(4)}, ", value, ", mkevent(out ", slot, "));");
    }

    private Statement WaitForCall()
    {
        if (_methods.Count == 0)
            return WaitForValue();
        var value = Int();
        return Simple("wait.call", "using (twait()) ", Call(value), ";");
    }

    private Expression Call(Expression value)
    {
        var (name, hasValue) = _methods[_random.Next(_methods.Count)];
        return hasValue ? Make("void", $"{name}(t, ", value, ", mkevent(out ", Slot(), "))") : Make("void", $"{name}(t, mkevent())");
    }

    private static Expression Event(string text) => Make("event", text);

    /// <summary>A place for a number that an event brings.</summary>
    private Expression Slot()
    {
        switch (_random.Next(8))
        {
            case 0:
                return Make("slot", "int " + Fresh("w"));
            case 1 when Find("int", toWrite: true) is { } index && Chance(2):
                return Make("slot", Name(Find("int[]")!), "[", Name(index), "++ & 1]");
            case 1 or 2:
                return Make("slot", Name(Find("int[]")!), "[", Int(1), " & 1]");
            case 3 when Find("Box<int>") is { } box:
                return Make("slot", Name(box), ".Value");
            case 4 when Find("Pair", toWrite: true) is { Name: not "G" } pair:
                return Make("slot", Name(pair), ".A");
            case 5 when Find("Pair[]") is { } pairs:
                return Make("slot", Name(pairs), "[", Int(1), " & 1].A");
            case 6 when Find("tuple", toWrite: true) is { } tuple:
                return Make("slot", Name(tuple), ".A");
            default:
                return Make("slot", Name(Find("int", toWrite: true)!));
        }
    }

    private Expression TextSlot() => Find("string", toWrite: true) is { } text ? Make("textSlot", Name(text)) : Make("textSlot", "string " + Fresh("w"));

    /// <summary>A block over several events, with statements among them that may wait themselves.</summary>
    private Statement WaitBlock() => Simple("wait.block", "using (twait())", BlockIn(_place.Enclosed(), "wait.block", 3, start: Events, end: () => Chance(2) ? Events() : []));

    /// <summary>A block whose only event goes to a primitive, unless the statements after it wait themselves.</summary>
    private Statement KeptBlock() => Simple("wait.kept", "using (twait())", BlockIn(_place.Enclosed(), "wait.block", 2, start: () =>
        [Simple("event.kept", Chance(2) ? "asap(mkevent());" : $"timer(TimeSpan.FromSeconds({_random.Next(4)}), mkevent());")]));

    private IEnumerable<Statement> Events()
    {
        for (int count = 1 + _random.Next(3); count > 0; count--)
            yield return EventStatement();
    }

    private Statement EventStatement()
    {
        var value = Int();
        return _random.Next(10) switch
        {
            0 => Simple("event.plain", $"t.Later({_random.Next(5)}, mkevent());"),
            1 => Simple("event.trigger", $"t.Add({Number()}, mkevent().Trigger());"),
            2 when MayFail() => Simple("event.failure", $"t.Fail({_random.Next(3)}, {Number()}, mkevent());"),
            3 or 4 when _methods.Count != 0 => Simple("event.call", Call(value), ";"),
            5 => Simple("event.two", $"t.Later({_random.Next(3)}, ", value, ", \"w\", mkevent(out ", Slot(), ", out ", TextSlot(), "));"),
            6 => Simple("event.text", $"t.Later({_random.Next(3)}, \"e\", mkevent(out ", TextSlot(), "));"),
            _ => Simple("event.value", $"t.Later({_random.Next(5)}, ", value, ", mkevent(out ", Slot(), "));"),
        };
    }

    /// <summary>A rendezvous, its events, and a loop that joins them all.</summary>
    private Statement Rendezvous()
    {
        string name = Fresh("r");
        var body = Block("rendezvous", 2, start: () => Made(name), end: () => [Joins(name)]);
        return Simple("wait.rendezvous", body);
    }

    private IEnumerable<Statement> Made(string name)
    {
        yield return Simple("rendezvous", $"var {name} = new Rendezvous<int>();");
        for (int count = 1 + _random.Next(3); count > 0; count--)
        {
            int when = _random.Next(4);
            var id = Int();
            yield return _random.Next(5) switch
            {
                0 => Simple("event.id", $"t.Later({when}, mkevent({name}, ", id, "));"),
                1 or 2 when MayFail() => Simple("event.idFailure", $"t.Fail({when}, {Number()}, mkevent({name}, ", id, "));"),
                _ => Simple("event.idValue", $"t.Later({when}, {Number()}, mkevent({name}, ", id, ", out ", Slot(), "));"),
            };
        }
    }

    private Statement Joins(string name)
    {
        var place = _place.Enclosed() with { CanBreak = true, CanContinue = true, CanReturn = _place.CanReturn, Labels = _place.Labels };
        return Simple("while", $"while ({name}.Waiting + {name}.Ready > 0)", BlockIn(place, "while", 3, start: () => [Join(name)]));
    }

    private Statement Join(string name)
    {
        var id = Find("int", toWrite: true)!;
        string error = Fresh("error");
        return _random.Next(5) switch
        {
            0 => Simple("wait.join", $"twait({name});"),
            1 => Simple("wait.joinId", $"twait({name}, out ", Name(id), ");"),
            2 => Simple("wait.joinNew", $"twait({name}, out int {Declare("i", "int")});"),
            3 => Simple("wait.joinError", $"twait({name}, out ", Name(id), $", error: out Exception? {error}); t.Add({Number()}, {error});"),
            _ => Simple("wait.joinError", $"twait({name}, error: out Exception? {error}); t.Add({Number()}, {error});"),
        };
    }
}

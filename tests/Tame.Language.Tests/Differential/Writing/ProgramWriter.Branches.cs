using Tame.Language.Tests.Differential.Programs;

namespace Tame.Language.Tests.Differential.Writing;

/// <summary>Conditions, jumps and labels.</summary>
internal sealed partial class ProgramWriter
{
    private Statement If()
    {
        switch (_random.Next(6))
        {
            case 0:
                return IfPattern();
            case 1 when _place.CanReturn || _place.CanBreak:
                var exit = Exit();
                return Simple("if.not", $"if (t.Any() is not int {Declare("v", "int")}) {{ t.Add({Number()}); ", exit, " }");
            case 2:
                var value = Int();
                string name = Declare("v", "int");
                return Simple("if.out", "if (t.Try(", value, $", out int {name}))", Block("if", 3), "else", Block("else", 3));
            default:
                var condition = Bool();
                return Chance(2) ? Simple("if", "if (", condition, ")", Block("if", 4)) : Simple("if.else", "if (", condition, ")", Block("if", 4), "else", Block("else", 3));
        }
    }

    private Statement IfPattern()
    {
        var (text, type) = Pick(("int", "int"), ("string { Length: > 0 }", "string"), ("Pair { A: > 0 }", "Pair"), ("Box<int>", "Box<int>"), ("int[] and [_, ..]", "int[]"));
        string name = Fresh("v");
        return Simple("if.pattern", $"if (t.Any() is {text} {name})", Block("if", 4, [new(name, type, true, _scope.Depth)]));
    }

    private Statement Jump()
    {
        var condition = Bool();
        if (_place.Labels.Count != 0 && Chance(2))
        {
            var (label, isBackward) = _place.Labels[_random.Next(_place.Labels.Count)];
            if (!isBackward)
                _scope.LeaveByGoto();
            return Simple(isBackward ? "goto.backward" : "goto.forward", isBackward ? "if (t.Go() && " : "if (", condition, $") goto {label};");
        }
        if (_place.Cases.Count != 0 && Chance(2))
        {
            _scope.LeaveByGoto();
            return Simple("goto.case", "if (t.Go() && ", condition, $") goto {_place.Cases[_random.Next(_place.Cases.Count)]};");
        }
        return Simple("if.jump", "if (", condition, ") { ", Exit(), " }");
    }

    /// <summary>A statement behind which nothing runs.</summary>
    private Statement Exit()
    {
        while (true)
        {
            switch (_random.Next(7))
            {
                case 0 or 1 when _place.CanBreak:
                    return Simple("break", "break;");
                case 2 or 3 when _place.CanContinue:
                    return Simple("continue", "continue;");
                case 4 when _place.CanReturn:
                    return Simple("return", Trigger(), " return;");
                case 3 or 4 or 5 when _place.CanRethrow:
                    return Simple("rethrow", "throw;");
                case 6 when MayFail():
                    return Simple("throw", $"throw new {Pick("NarrowException", "ProgramException")}({Number()});");
            }
        }
    }

    /// <summary>Statements that a goto may leave to the label behind them, or repeat from the label before them.</summary>
    private void LabeledRegion(List<Statement> statements)
    {
        bool isBackward = Chance(2);
        string label = $"at{Number()}";
        var (outer, wasJumpedOver, known) = (_place, _scope.IsJumpedOver, _scope.Variables.Count);
        _place = _place with { Labels = [.. _place.Labels, (label, isBackward)] };
        _scope.IsJumpedOver = true;
        if (isBackward)
            statements.Add(Simple("label", $"{label}: t.Add({Number()});"));
        for (int count = 1 + _random.Next(3); count > 0; count--)
            statements.Add(Statement());
        if (isBackward)
            statements.Add(Simple("goto.backward", "if (t.Go() && ", Bool(), $") goto {label};"));
        else
            statements.Add(Simple("goto.forward", "if (", Bool(), $") goto {label};"));
        for (int count = _random.Next(3); count > 0; count--)
            statements.Add(Statement());
        _place = outer;
        _scope.IsJumpedOver = wasJumpedOver;
        if (isBackward)
            return;
        // What was declared may have been jumped over.
        _scope.Variables.RemoveRange(known, _scope.Variables.Count - known);
        statements.Add(Chance(3) && _place.CanWait && _left > 0
            ? Simple("label.wait", $"{label}: ", Simple("wait.asap", "using (twait()) asap(mkevent());"))
            : Simple("label", $"{label}: t.Add({Number()});"));
    }
}

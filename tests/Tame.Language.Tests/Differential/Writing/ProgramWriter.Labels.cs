using Tame.Language.Tests.Differential.Programs;

namespace Tame.Language.Tests.Differential.Writing;

/// <summary>Jumps, labels, and what stands behind labels.</summary>
internal sealed partial class ProgramWriter
{
    private static readonly string[] s_keywordLabels = ["@if", "@case", "@class", "@goto", "@event", "@await", "@this", "@while", "var", "when", "record"];
    private readonly HashSet<string> _labels = [];

    private Statement Jump()
    {
        var condition = Condition();
        if (_place.Labels.Count != 0 && Chance(2))
        {
            var (label, isBackward) = _place.Labels[_random.Next(_place.Labels.Count)];
            return Goto(label, isBackward);
        }
        if (_place.Cases.Count != 0 && Chance(2))
        {
            _scope.LeaveByGoto();
            return Simple("goto.case", [.. Going(condition), $" goto {_place.Cases[_random.Next(_place.Cases.Count)]};"]);
        }
        return Simple("if.jump", "if (", condition, ") { ", Exit(), " }");
    }

    private Statement Goto(string label, bool isBackward)
    {
        if (isBackward)
            return Simple("goto.backward", [.. Going(Condition()), $" goto {label};"]);
        _scope.LeaveByGoto();
        return Simple("goto.forward", "if (", Condition(), $") goto {label};");
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
        string[] labels = NewLabels();
        var (outer, wasJumpedOver, known) = (_place, _scope.IsJumpedOver, _scope.Variables.Count);
        _place = _place with { Labels = [.. _place.Labels, .. labels.Select(label => (label, isBackward))] };
        _scope.IsJumpedOver = true;
        if (isBackward)
            statements.Add(Labeled(labels));
        for (int count = 1 + _random.Next(3); count > 0; count--)
            statements.Add(Statement());
        statements.Add(Goto(labels[_random.Next(labels.Length)], isBackward));
        for (int count = _random.Next(3); count > 0; count--)
            statements.Add(Statement());
        _place = outer;
        _scope.IsJumpedOver = wasJumpedOver;
        if (isBackward)
            return;
        // What was declared may have been jumped over.
        _scope.Variables.RemoveRange(known, _scope.Variables.Count - known);
        statements.Add(Chance(3) && _place.CanWait && _left > 0
            ? Simple("label.wait", Written(labels), Simple("wait.asap", "using (twait()) asap(mkevent());"))
            : Labeled(labels));
    }

    private Statement Labeled(string[] labels) => !Has(Features.LabeledDeclarations) || Chance(2)
        ? Simple("label", $"{Written(labels)}t.Add({Number()});")
        : Chance(3) ? Simple("label.function", Written(labels), LocalFunction()) : Simple("label.declaration", Written(labels), Declaration());

    private static string Written(string[] labels) => string.Concat(labels.Select(label => label + ": "));

    /// <summary>One label, or several for one place.</summary>
    private string[] NewLabels() => Has(Features.LabeledDeclarations) && Chance(3) ? [NewLabel(), NewLabel()] : [NewLabel()];

    private string NewLabel() =>
        Has(Features.KeywordLabels) && Chance(2) && Pick<string>(s_keywordLabels) is var keyword && _labels.Add(keyword) ? keyword : $"at{Number()}";

    /// <summary>A block with a using declaration behind a label that gotos before it lead to. None behind it may.</summary>
    private Statement LabeledUsing() => Simple("labeledUsing", Block("labeledUsing", 4, start: BeforeLabeledUsing));

    private IEnumerable<Statement> BeforeLabeledUsing()
    {
        string[] labels = NewLabels();
        int known = _scope.Variables.Count;
        yield return Simple("goto.using", "if (", Condition(), $") goto {labels[0]};");
        if (Chance(2))
            yield return _place.CanWait && Chance(2) ? SimpleWait() : SimpleStatement();
        if (Chance(2))
            yield return Simple("if", "if (", Condition(), ")", new Body("if", [SimpleStatement(), Simple("goto.using", $"goto {labels[^1]};")]));
        _scope.Variables.RemoveRange(known, _scope.Variables.Count - known);
        yield return Simple("label.using", Written(labels), UsingDeclaration());
    }

    /// <summary>A switch with a default section, and a label that is called <c>default</c> behind it.</summary>
    private Statement DefaultLabel()
    {
        if (_place.IsInSection || !_labels.Add("@default"))
            return SimpleStatement();
        var place = _place with { Labels = [.. _place.Labels, ("@default", false)] };
        return Simple("defaultLabel", BlockIn(place, "defaultLabel", 3, start: () => [SwitchBesideDefaultLabel()], end: () => [Simple("label.default", $"@default: t.Add({Number()});")]));
    }

    private Statement SwitchBesideDefaultLabel()
    {
        _scope.IsJumpedOver = true;
        _scope.LeaveByGoto();
        var value = Int();
        return InSwitch(value, _ => Sections(
            "switch.default",
            value,
            SectionIn(_place with { CanBreak = true, Cases = ["default"] }, ["case 0:"], [], end: Simple("goto.default", "goto @default;")),
            Section(["case 1:", "case > 2:"], ["case 0", "default"]),
            Section(["default:"], ["case 0"])));
    }
}

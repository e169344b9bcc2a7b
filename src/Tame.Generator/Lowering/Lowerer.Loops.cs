using System.Globalization;
using Tame.Generator.Model;

namespace Tame.Generator.Lowering;

/// <summary>Choices and loops as labels and jumps at one level, because C# cannot jump into a block.</summary>
internal sealed partial class Lowerer
{
    public void LowerIf(IfStatement choice, Action<Statement> lower)
    {
        var name = NewName("if");
        var otherwise = choice.Else is null ? name + "_end" : name + "_else";
        LeaveUnless(choice.Condition, otherwise);
        lower(choice.Then);
        if (choice.Else is not null)
        {
            Goto(name + "_end");
            Label(otherwise);
            lower(choice.Else);
        }

        Label(name + "_end");
    }

    /// <summary>The switch itself only chooses a target, because a resume could not jump into one of its sections.</summary>
    private void LowerSwitch(SwitchStatement choice)
    {
        var end = EndOf(NewName("switch"), choice.Break);
        var held = _names.Declarations([.. choice.Sections.SelectMany(section => section.Cases).Prepend(choice.Value).SelectMany(part => part.Pieces)]);
        OpenHold(held);
        if (choice.Overflow.Length > 0) Open(choice.Overflow + " ");
        Add(OperationOf(choice.Value, "switch (", ")") with { IsPoint = true });
        Open();
        foreach (var section in choice.Sections)
        {
            foreach (var label in section.Cases.Take(section.Cases.Count - 1)) AddBareText(label);
            Add(OperationOf(section.Cases[section.Cases.Count - 1]) with { Jump = $"goto {_names.Label(section.Label)};" });
        }

        Close();
        if (choice.Overflow.Length > 0) Close();
        if (held.Count > 0) Close();
        if (!choice.HasDefault) Goto(end);
        foreach (var section in choice.Sections)
        {
            Label(_names.Label(section.Label));
            Lower(section.Body);
        }

        if (!choice.HasDefault || choice.Break is not null) Label(end);
    }

    private void LowerWhile(WhileStatement loop)
    {
        var name = NewName("while");
        var (start, end) = (StartOf(name, loop.Frame.Labels), EndOf(name, loop.Frame.Labels.Break));
        Label(start);
        EnterScope(loop.Frame.Scope);
        LeaveUnless(loop.Condition, end);
        Lower(loop.Frame.Body);
        Goto(start);
        Label(end);
    }

    private void LowerDo(DoStatement loop)
    {
        var name = NewName("do");
        Label(name);
        Lower(loop.Frame.Body);
        if (loop.Frame.Labels.Continue is { } next) Label(_names.Label(next));
        EnterScope(loop.Frame.Scope);
        AddPoint(loop.Condition.Text, "if (", ")", $"goto {name};");
        if (loop.Frame.Labels.Break is { } end) Label(_names.Label(end));
    }

    private void LowerFor(ForStatement loop)
    {
        var name = NewName("for");
        var end = EndOf(name, loop.Frame.Labels.Break);
        foreach (var initializer in loop.Initializers) AddText(initializer);
        Label(name);
        EnterScope(loop.Frame.Scope);
        if (loop.Condition is not null) LeaveUnless(loop.Condition, end);
        Lower(loop.Frame.Body);
        if (loop.Frame.Labels.Continue is { } next) Label(_names.Label(next));
        foreach (var incrementor in loop.Incrementors) Lower(incrementor);
        Goto(name);
        if (loop.Condition is not null || loop.Frame.Labels.Break is not null) Label(end);
    }

    private void LowerForEach(ForEachIndexedStatement loop)
    {
        var name = NewName("foreach");
        var end = EndOf(name, loop.Frame.Labels.Break);
        var (items, index) = (_names.Write(loop.Items.Text), _names.Reference(loop.Items.Index));
        var length = loop.Items.Length?.ToString(CultureInfo.InvariantCulture) ?? items + ".Length";
        var element = loop.Items.ElementType is null ? $"{items}[{index}]" : $"{GeneratedNames.Services}BodyServices.Element<{loop.Items.ElementType}>({items}, {index})";
        AddCodeAt(loop.Places.ForEach, $"{index} = 0;");
        foreach (var kept in loop.Items.Kept) AddPoint(kept.Value, $"{_names.Reference(kept.Local)} = ", ";");
        if (loop.Items.Kept.Count == 0) AddCodeAt(loop.Items.Text.Span, ";");
        Label(name);
        AddCodeAt(loop.Places.In, $"if (!({index} < {length}))", $"goto {end};");
        EnterScope(loop.Frame.Scope);
        AddPoint(loop.Variable.Text, after: $" = {loop.Variable.Conversion.Before}{element}{loop.Variable.Conversion.After};");
        Lower(loop.Frame.Body);
        if (loop.Frame.Labels.Continue is { } next) Label(_names.Label(next));
        AddCode($"{index}++;");
        Goto(name);
        Label(end);
    }

    private void LowerForEach(ForEachStatement loop)
    {
        var enumerator = _names.Reference(loop.Source.Enumerator);
        AddCodeAt(loop.Places.ForEach, "; // foreach");
        var (open, close) = loop.Source.Cast.Length == 0 ? ("(", ")") : ($"({loop.Source.Cast}(", "))");
        AddPoint(loop.Source.Collection, $"{enumerator} = {open}", $"{close}.GetEnumerator();");
        if (loop.Source.Disposal is { } disposal) Guard(Enumerate, disposal);
        else Enumerate();

        void Enumerate()
        {
            var name = NewName("foreach");
            var (start, end) = (StartOf(name, loop.Frame.Labels), EndOf(name, loop.Frame.Labels.Break));
            Label(start);
            AddCodeAt(loop.Places.In, $"if (!{enumerator}.MoveNext())", $"goto {end};");
            EnterScope(loop.Frame.Scope);
            AddPoint(loop.Variable.Text, after: $" = {loop.Variable.Conversion.Before}{enumerator}.Current{loop.Variable.Conversion.After};");
            Lower(loop.Frame.Body);
            Goto(start);
            Label(end);
        }
    }

    private void EnterScope(int? scope)
    {
        if (scope is { } entered) Lower(new ScopeStatement(entered));
    }

    private void LeaveUnless(Condition condition, string end)
    {
        var (before, after) = condition.Form.Negated;
        AddPoint(condition.Text, $"if ({before}", $"{after})", $"goto {end};");
    }

    /// <summary>The start of a loop that tests first: the target of <c>continue</c>, if the loop contains one.</summary>
    private string StartOf(string name, LoopLabels labels) => labels.Continue is { } next ? _names.Label(next) : name;

    /// <summary>The end of a loop or a switch: the target of <c>break</c>, if it contains one.</summary>
    private string EndOf(string name, int? breakLabel) => breakLabel is { } end ? _names.Label(end) : name + "_end";
}

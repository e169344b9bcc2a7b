using Tame.Generator.Model;

namespace Tame.Generator.Lowering;

/// <summary>The second part of a body whose first part runs in the entry: departures, and what follows them.</summary>
internal sealed partial class Lowerer
{
    private void LowerLate(Statement statement)
    {
        if (_parts!.Departures.IndexOf(statement) >= 0) Lower(statement);
        else if (statement is BlockStatement block) LowerLate(block);
        else if (statement is IfStatement choice) LowerLate(choice);
    }

    private void LowerLate(BlockStatement block)
    {
        var isReached = false;
        foreach (var inner in block.Statements)
        {
            if (isReached) Lower(inner);
            else LowerLate(inner);
            isReached |= _parts!.Departures.Within(inner);
        }
    }

    private void LowerLate(IfStatement choice)
    {
        LowerLate(choice.Then);
        if (choice.Else is not { } otherwise) return;
        var end = _parts!.Departures.Within(choice.Then) && _parts.Departures.Within(otherwise) ? NewName("if") + "_end" : null;
        if (end is not null) Goto(end);
        LowerLate(otherwise);
        if (end is not null) Label(end);
    }

    /// <summary>
    /// Where a call that departed continues. A call that arrives here in the closure already has its locals. The closure clears all transient fields, including
    /// those needed only after other departures.
    /// </summary>
    private void Arrive(TwoParts parts, int departure)
    {
        parts.States[departure] = ++_states;
        var label = ResumptionOf(_states);
        var isReached = _region.Operations.Count > 0 && parts.Transient.Count > 0;
        if (isReached) Goto(label + "_on");
        Add(new LabelOperation(label, "from the entry"));
        foreach (var local in parts.Transient)
        {
            if (parts.Crossings[departure].Contains(local)) AddCode($"{_names.LocalName(local)} = {C}.{_names.Original(local)};");
            if (_method.Locals[local].HoldsReferences) AddCode($"{C}.{_names.Original(local)} = default!;");
        }

        if (isReached) Label(label + "_on");
    }
}

using Tame.Generator.Model;

namespace Tame.Generator.Lowering;

/// <summary>
/// The waits themselves: they block if necessary, then comes the label to continue from, and the failure is thrown or passed to the event parameters.
/// </summary>
internal sealed partial class Lowerer
{
    private void LowerWait(Statement statement)
    {
        switch (statement)
        {
            case TwaitStatement block: LowerTwait(block); break;
            case StartStatement start: LowerStart(start); break;
            case TaskStatement task: LowerTask(task); break;
            case JoinStatement join: LowerJoin(join); break;
            default: throw new InvalidOperationException($"A statement of kind {statement.GetType().Name} cannot be lowered.");
        }
    }

    private void LowerTwait(TwaitStatement block)
    {
        if (block.Header is { } header) AddCodeAt(header, $"{C}.EnterBlock();");
        else AddCode($"{C}.EnterBlock();");
        Lower(block.Body);
        if (block.Return is { } end) Label(_names.Label(end));
        WaitForBlock(block, block.Line + _method.Moved, block.End);
    }

    /// <summary>Waits at the end of the open block.</summary>
    private void WaitForBlock(WaitStatement wait, int line, SourceSpan? place)
    {
        var state = NewState(wait, line);
        var done = $"if (!{C}.BlockDone({state}))";
        if (place is { } end && _endings.Add(end)) AddCodeAt(end, done, "return;");
        else AddCode(done + " return;");
        AddResumption(wait, state, line);
        AddCode(_region.IsProtected ? $"{C}.EndBlockOrThrow();" : $"if (!{C}.EndBlock()) return;");
    }

    /// <summary>Scope objects for the text of a lambda are held in the same braces, because its declarations are in scope only there.</summary>
    private void LowerStart(StartStatement start)
    {
        Open(start.Overflow.Length > 0 ? start.Overflow + " " : "");
        foreach (var declaration in _names.Declarations([.. start.Event.Pieces, .. start.Started.Pieces])) AddCode(declaration);
        Add(OperationOf(start.Event) with { Span = null });
        AddBareText(start.Started);
        Close();
    }

    private void LowerTask(TaskStatement task)
    {
        var end = NewName("task") + "_end";
        AddPoint(task.Done, "if (", ")", $"goto {end};");
        WaitForBlock(task, task.Line + _method.Moved, null);
        Label(end);
    }

    private void LowerJoin(JoinStatement join)
    {
        for (var i = 0; i < join.Steps.Count; i++)
        {
            var step = join.Steps[i];
            var (before, after) = step.Target is { } target ? ($"{_names.Reference(target)} = ", ";") : ($"{C}.BeginJoin(", ");");
            if (i == 0) AddPoint(step.Value with { Span = join.Span }, before, after);
            else WithHold(step.Value, () => Add(OperationOf(step.Value, before, after) with { Span = null }));
        }

        var line = join.Line + _method.Moved;
        var state = NewState(join, line);
        AddResumption(join, state, line);
        AddCode($"if (!{C}.{(join.IsOwn ? "OwnJoinReady" : "JoinReady")}({state})) return;");
        var arguments = new[] { Received(join.Id, "id"), Received(join.Error, "error") }.Where(a => a is not null).ToList();
        var ending = join.Error is not null ? "EndJoinOrError" : _region.IsProtected ? "EndJoinOrThrow" : "EndJoin";
        var call = $"{C}.{ending}({string.Join(", ", arguments)})";
        AddCode(ending == "EndJoin" ? $"if (!{call}) return;" : call + ";");
        Hand(join.Id, "id");
        Hand(join.Error, "error");
    }

    private int NewState(WaitStatement wait, int line)
    {
        _waits.Add(new Wait(++_states, line, wait.Text));
        return _states;
    }

    /// <summary>Where the closure continues in a state.</summary>
    private void AddResumption(WaitStatement wait, int state, int line)
    {
        if (wait.IsReached) Add(new LabelOperation(ResumptionOf(state), $"line {line}"));
        else Add(new CommentOperation($"// never reached: line {line}"));
    }

    /// <summary>The label to which the closure jumps when it resumes in a state.</summary>
    private string ResumptionOf(int state)
    {
        var label = _method.Generated.Resumption(state);
        _region.AddWait(state, label);
        return label;
    }

    /// <summary>The variable that receives the result of a join: the target itself, or a local from which it is written through the kept location.</summary>
    private string? Received(JoinTarget? target, string what)
    {
        if (target is null) return null;
        if (target.Variable is { } variable) return "ref " + _names.Write(variable);
        var local = _method.Generated.Received(what, _states);
        _receivers.Add($"{target.Type} {local} = default;");
        return $"ref {local}";
    }

    private void Hand(JoinTarget? target, string what)
    {
        if (target?.Location is { } location) AddCode($"{_names.Reference(location)}.Write({_method.Generated.Received(what, _states)});");
    }
}

using Tame.Generator.Model;

namespace Tame.Generator.Lowering;

/// <summary>The waits themselves: block if need be, the label to go on from, and the failure is thrown or given to the event parameters.</summary>
internal sealed partial class Lowerer
{
    private void LowerTwait(TwaitStatement block)
    {
        At(block.Header, $"{C}.EnterBlock();");
        Lower(block.Body);
        var (state, label) = NewWait();
        var line = block.Line + _method.Moved;
        var done = $"if (!{C}.BlockDone({state}, line: {line}))";
        if (_endings.Add(block.End)) At(block.End, done, "return;");
        else Code(done + " return;");
        Add(new LabelOperation(label, $"all events of the block in line {line} have triggered"));
        Code(_region.IsProtected ? $"{C}.EndBlockOrThrow();" : $"if (!{C}.EndBlock()) return;");
    }

    private void LowerJoin(JoinStatement join)
    {
        for (var i = 0; i < join.Steps.Count; i++)
        {
            var step = join.Steps[i];
            var (before, after) = step.Target is { } target ? ($"{_names.Reference(target)} = ", ";") : ($"{C}.BeginJoin(", ");");
            if (i == 0) User(step.Value with { Span = join.Span }, before, after);
            else Held(step.Value, () => Add(Written(step.Value, before, after) with { Span = null }));
        }

        var (state, label) = NewWait();
        var line = join.Line + _method.Moved;
        Add(new LabelOperation(label, $"line {line} waits for any one event"));
        Code($"if (!{C}.JoinReady({state}, line: {line})) return;");
        var arguments = new[] { Received(join.Id, "id"), Received(join.Error, "error") }.Where(a => a is not null).ToList();
        var ending = join.Error is not null ? "EndJoinOrError" : _region.IsProtected ? "EndJoinOrThrow" : "EndJoin";
        var call = $"{C}.{ending}({string.Join(", ", arguments)})";
        Code(ending == "EndJoin" ? $"if (!{call}) return;" : call + ";");
        Hand(join.Id, "id");
        Hand(join.Error, "error");
    }

    private (int State, string Label) NewWait()
    {
        var state = ++_states;
        var label = _method.Generated.Resumption(state);
        _region.AddWait(state, label);
        return (state, label);
    }

    /// <summary>The variable that receives what was joined: the target itself, or a local from which it is written through the kept location.</summary>
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
        if (target?.Location is { } location) Code($"{_names.Reference(location)}.Write({_method.Generated.Received(what, _states)});");
    }
}

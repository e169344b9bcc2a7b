using Tame.Generator.Model;

namespace Tame.Generator.Lowering;

/// <summary>Protected regions: a door before each, a dispatch as its first statement, and guards against running a finally at a suspend.</summary>
internal sealed partial class Lowerer
{
    /// <summary>Where blocks wait and resources are disposed of. A debugger stops there once, however many end there.</summary>
    private readonly HashSet<SourceSpan> _endings = [];

    private void LowerTry(TryStatement region)
    {
        var name = NewName("try");
        var body = Enter(name, () => Lower(region.Body));
        var catches = region.Catches.Select(clause => OperationOf(clause.Text)).ToEquatable();
        EquatableArray<Operation>? ending = region.Finally is { } block
            ? new EquatableArray<Operation>([OperationOf(block)]) : null;
        Add(new TryOperation(body, catches, ending));
        var waiting = region.Catches.Where(clause => clause.Body is not null).ToList();
        if (waiting.Count == 0) return;
        Goto(name + "_end");
        foreach (var clause in waiting)
        {
            Label(_names.Label(clause.Label!.Value));
            Lower(clause.Body!);
            if (clause != waiting[waiting.Count - 1]) Goto(name + "_end");
        }

        Label(name + "_end");
    }

    /// <summary>Every path out of the try leads to the label after it. When the finally has run, the exception or the jump continues.</summary>
    private void LowerFinally(FinallyStatement region)
    {
        var thrown = _names.Reference(region.Frame.Thrown);
        var exit = region.Frame.Exit is { } number ? _names.Reference(number) : null;
        AddCode($"{thrown} = null;");
        if (exit is not null) AddCode($"{exit} = 0;");
        var body = Enter(NewName("try"), () => Lower(region.Guarded));
        var caught = _method.Generated.Caught;
        var keep = new CodeOperation($"catch (global::System.Exception {caught}) {{ {region.Unwind}{thrown} = {caught}; }}");
        Add(new TryOperation(body, new EquatableArray<CodeOperation>([keep]), null));
        Label(_names.Label(region.Frame.Label));
        Lower(region.Ending);
        AddCodeAt(region.End, $"if ({thrown} is not null)", $"throw {GeneratedNames.Services}BodyServices.Rethrow({thrown});");
        if (exit is null) return;
        AddCode($"switch ({exit})");
        Open();
        foreach (var way in region.Frame.Exits) AddCode($"case {way.Number}: {_names.Write(way.Jump)}");
        Close();
    }

    private void LowerUsing(UsingStatement resource)
    {
        AddText(resource.Acquire);
        Guard(() => Lower(resource.Body), resource.Disposal);
    }

    /// <summary>Runs a body and then a statement, in whatever way the body is left, but not when it suspends.</summary>
    private void Guard(Action body, Disposal ending)
    {
        var operations = Enter(NewName("try"), body);
        List<Operation> finish = [new CodeOperation($"if (!{C}.IsSuspended)"), new BraceOperation("{", 1)];
        if (ending.HasBlocks) finish.Add(new CodeOperation($"{C}.Unwind({ending.Depth});"));
        var disposal = OperationOf(ending.Text);
        finish.Add(_endings.Add(ending.Text.Span) ? disposal with { IsPoint = true } : disposal with { Span = null });
        finish.Add(new BraceOperation("}", -1));
        Add(new TryOperation(operations, default, finish.ToEquatable()));
    }

    private EquatableArray<Operation> Enter(string door, Action body)
    {
        var outer = _region;
        _region = new Region(outer, door);
        body();
        var inner = _region;
        _region = outer;
        if (inner.HasResumptions) Label(door);
        return inner.Finish().ToEquatable();
    }
}

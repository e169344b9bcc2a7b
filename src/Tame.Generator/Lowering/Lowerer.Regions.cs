using Tame.Generator.Model;

namespace Tame.Generator.Lowering;

/// <summary>Protected regions: a door before each, a dispatch as its first statement, and guards against running a finally at a suspend.</summary>
internal sealed partial class Lowerer
{
    private void LowerTry(TryStatement region)
    {
        var name = NewName("try");
        var body = Enter(name, () => Lower(region.Body));
        var catches = region.Catches.Select(clause => new CodeOperation("", _names.Write(clause.Text), "", clause.Text.Span)).ToEquatable();
        EquatableArray<Operation>? ending = region.Finally is { } block
            ? new EquatableArray<Operation>([new CodeOperation("", _names.Write(block), "", block.Span)]) : null;
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

    /// <summary>Every way out of the try leads to the label behind it; when the finally has run, the exception or the jump goes on.</summary>
    private void LowerFinally(FinallyStatement region)
    {
        var thrown = _names.Reference(region.Thrown);
        var exit = region.Exit is { } number ? _names.Reference(number) : null;
        Code($"{thrown} = null;");
        if (exit is not null) Code($"{exit} = 0;");
        var body = Enter(NewName("try"), () => Lower(region.Guarded));
        var caught = _method.Prefix + "caught";
        var keep = new CodeOperation($"catch (global::System.Exception {caught}) {{ {region.Unwind}{thrown} = {caught}; }}");
        Add(new TryOperation(body, new EquatableArray<CodeOperation>([keep]), null));
        Label(_names.Label(region.Label));
        Lower(region.Ending);
        At(region.End, $"if ({thrown} is not null) throw global::Tame.CompilerServices.BodyServices.Rethrow({thrown});");
        if (exit is null) return;
        Code($"switch ({exit})");
        Open();
        foreach (var way in region.Exits) User(way.Jump, $"case {way.Number}: ");
        Close();
    }

    private void LowerUsing(UsingStatement resource)
    {
        User(resource.Acquire);
        Guard(() => Lower(resource.Body), resource.Dispose, resource.HasBlocks, resource.Depth);
    }

    /// <summary>Runs a body and then a statement, however the body is left, but not when it suspends.</summary>
    private void Guard(Action body, Fragment ending, bool hasBlocks, int depth)
    {
        var operations = Enter(NewName("try"), body);
        var unwind = hasBlocks ? $"{C}.Unwind({depth}); " : "";
        var text = _names.Write(ending);
        var finish = new CodeOperation($"if (!{C}.IsSuspended) {{ {unwind}{ending.Open}", text, ending.Close + " }", ending.Span);
        Add(new TryOperation(operations, default, new EquatableArray<Operation>([finish])));
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

using Tame.Generator.Model;

namespace Tame.Generator.Lowering;

/// <summary>Protected regions: a door before each, a dispatch as its first statement, and guards against running a finally at a suspend.</summary>
internal sealed partial class Lowerer
{
    private void LowerTry(TryStatement region)
    {
        var body = Enter(() => Lower(region.Body));
        var catches = region.Catches.Select(clause => new CodeOperation("", _names.Write(clause), "", clause.Span)).ToEquatable();
        EquatableArray<Operation>? ending = region.Finally is { } block
            ? new EquatableArray<Operation>([new CodeOperation("", _names.Write(block), "", block.Span)]) : null;
        Add(new TryOperation(body, catches, ending));
    }

    private void LowerUsing(UsingStatement resource)
    {
        User(resource.Acquire);
        Guard(() => Lower(resource.Body), resource.Dispose, resource.HasBlocks, resource.Depth);
    }

    /// <summary>Runs a body and then a statement, however the body is left, but not when it suspends.</summary>
    private void Guard(Action body, Fragment ending, bool hasBlocks, int depth)
    {
        var operations = Enter(body);
        var unwind = hasBlocks ? $"{C}.Unwind({depth}); " : "";
        var text = _names.Write(ending);
        var finish = new CodeOperation($"if (!{C}.IsSuspended) {{ {unwind}", text, " }", ending.Span);
        Add(new TryOperation(operations, default, new EquatableArray<Operation>([finish])));
    }

    private EquatableArray<Operation> Enter(Action body)
    {
        var door = NewName("try");
        var outer = _region;
        _region = new Region(outer, door);
        body();
        var inner = _region;
        _region = outer;
        if (inner.HasResumptions) Label(door);
        return inner.Finish().ToEquatable();
    }
}

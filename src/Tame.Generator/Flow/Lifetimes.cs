using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Tame.Generator.Flow;

/// <summary>
/// Knows which locals start to live on a step from block to block. No value reaches them from before: the compiler has proved that
/// whatever reads them is preceded by a write on every way from where their region begins.
/// </summary>
internal sealed class Lifetimes
{
    private readonly VariableTable _variables;
    private readonly Dictionary<ControlFlowRegion, BitRow> _localsOf = new();
    private readonly BitRow _none;

    public Lifetimes(VariableTable variables)
    {
        _variables = variables;
        _none = variables.NewRow();
    }

    /// <summary>The variables of a lambda that runs in place live across no wait: they are in no row.</summary>
    public BitRow BornBetween(BasicBlock from, BasicBlock to)
    {
        if (from.EnclosingRegion == to.EnclosingRegion)
            return _none;
        var born = _none;
        var isShared = true;
        for (var region = to.EnclosingRegion; !region.Contains(from.Ordinal); region = region.EnclosingRegion!)
        {
            if (region.Locals.IsEmpty)
                continue;
            born = isShared ? LocalsOf(region) : Union(born, LocalsOf(region));
            isShared = false;
        }

        return born;
    }

    /// <summary>The locals whose region a block stands in.</summary>
    public BitRow AliveIn(BasicBlock block)
    {
        var alive = _variables.NewRow();
        for (var region = block.EnclosingRegion; region is not null; region = region.EnclosingRegion)
            alive.Add(LocalsOf(region));
        return alive;
    }

    private BitRow Union(BitRow left, BitRow right)
    {
        var both = _variables.NewRow();
        both.Add(left);
        both.Add(right);
        return both;
    }

    private BitRow LocalsOf(ControlFlowRegion region)
    {
        if (_localsOf.TryGetValue(region, out var locals))
            return locals;
        locals = _variables.NewRow();
        foreach (var local in region.Locals)
        {
            if (_variables.TryGetIndex(local, out var index))
                locals.Add(index);
        }

        _localsOf.Add(region, locals);
        return locals;
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Tame.Generator.Flow;

/// <summary>Adds the missing edges to Roslyn's control-flow graph: exceptions to their handlers, and the paths through finally.</summary>
internal sealed class FlowGraphBuilder
{
    private readonly FlowBlocks _blocks;
    private readonly FlowEvent[][] _events;
    private readonly VariableTable _variables;
    private readonly ExhaustiveSwitches _switches;
    private readonly Dictionary<ControlFlowRegion, BitRow> _localsOf = new();
    private readonly BitRow _none;
    private readonly HashSet<ControlFlowRegion> _blockEnds = new();
    private readonly List<FlowNode> _nodes = new();
    private readonly Dictionary<(FlowBlock Block, FinallyContext? Context), FlowNode> _known = new();
    private readonly Dictionary<(ControlFlowRegion Finally, int Destination, FinallyContext? Outer), FinallyContext> _contexts = new();

    public FlowGraphBuilder(FlowBlocks blocks, FlowEvent[][] events, VariableTable variables, ExhaustiveSwitches switches)
    {
        _blocks = blocks;
        _events = events;
        _variables = variables;
        _switches = switches;
        _none = variables.NewRow();
    }

    public FlowGraph Build(CancellationToken cancellationToken)
    {
        FindBlockEnds();
        NodeOf(_blocks.All[0], null);
        for (var i = 0; i < _nodes.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Expand(_nodes[i]);
        }

        return new FlowGraph(_nodes, _variables);
    }

    // The finally to which a twait block is lowered is not a handler, because an exception that leaves the block does not wait.
    private void FindBlockEnds()
    {
        for (var i = 0; i < _events.Length; i++)
        {
            foreach (var item in _events[i])
            {
                if (item.Kind == FlowEventKind.Wait && item.Operation.IsImplicit)
                    _blockEnds.Add(FinallyAround(_blocks.All[i].Block));
            }
        }
    }

    private static ControlFlowRegion FinallyAround(BasicBlock block)
    {
        var region = block.EnclosingRegion;
        while (region.Kind != ControlFlowRegionKind.Finally)
            region = region.EnclosingRegion!;
        return region;
    }

    private void Expand(FlowNode node)
    {
        var block = node.Block;
        if (!block.IsEmpty)
            Raise(node, node.Raised, block.Block.EnclosingRegion, node.Context);
        if (block.Lambda is { } lambda)
            Connect(node, node.Next, lambda[0], node.Context);
        else if (block.Block.Kind == BasicBlockKind.Exit && block.Part.Host is { } host)
            Connect(node, node.Next, _blocks.All[host.Behind], node.Context);
        else
            Branch(node);
    }

    private void Branch(FlowNode node)
    {
        var block = node.Block;
        var holds = FixedCondition(block);
        var takesBranch = holds == (block.ConditionKind == ControlFlowConditionKind.WhenTrue);
        if (block.ConditionalSuccessor is { } branch && (holds is null || takesBranch))
            Follow(node, branch);
        if (block.FallThroughSuccessor is { } next && (block.ConditionKind == ControlFlowConditionKind.None || holds is null || !takesBranch))
            Follow(node, next);
    }

    // Null if the condition may be true or false, as far as the compiler knows.
    private bool? FixedCondition(FlowBlock block) =>
        block.BranchValue?.ConstantValue is { HasValue: true, Value: bool constant } ? constant : block.BranchValue is not null && _switches.Holds(block.Block) ? true : null;

    private void Follow(FlowNode node, ControlFlowBranch branch)
    {
        var region = node.Block.Block.EnclosingRegion;
        if (branch.Destination is { } destination)
            Go(node, region, destination.Ordinal, node.Context);
        else if (branch.Semantics is ControlFlowBranchSemantics.Throw or ControlFlowBranchSemantics.Rethrow)
            Raise(node, node.Next, region, node.Context);
        else if (branch.Semantics == ControlFlowBranchSemantics.StructuredExceptionHandling)
            LeaveHandler(node);
    }

    // The end of a finally continues to its destination, which is missing only if a body with errors jumps into one. A filter that returns false continues to
    // the next handlers, to which its operations, which may throw, already lead.
    private void LeaveHandler(FlowNode node)
    {
        var handler = node.Block.Block.EnclosingRegion;
        while (handler.Kind is not (ControlFlowRegionKind.Finally or ControlFlowRegionKind.Filter))
            handler = handler.EnclosingRegion!;
        if (handler.Kind == ControlFlowRegionKind.Filter || node.Context is not { } context)
            return;
        if (context.Destination == FinallyContext.Exceptional)
            Raise(node, node.Next, handler.EnclosingRegion!, context.Outer);
        else
            Go(node, handler.EnclosingRegion!, context.Destination, context.Outer);
    }

    // To a block, through the innermost finally handler that guards the path; the handler's end continues from there. No jump leaves a lambda.
    private void Go(FlowNode node, ControlFlowRegion from, int destination, FinallyContext? context)
    {
        var region = from;
        while (!region.Contains(destination))
        {
            if (region.FinallyHandler() is { } handler)
            {
                Connect(node, node.Next, node.Block.Part[handler.FirstBlockOrdinal], ContextOf(handler, destination, context));
                return;
            }

            region = region.EnclosingRegion!;
        }

        Connect(node, node.Next, node.Block.Part[destination], context);
    }

    // To every possible handler of an exception. Outer filters run before an inner finally, but need no edge: what they read is needed during the whole
    // finally, which may throw to them at any point. An exception that leaves a lambda continues from where the lambda runs.
    private void Raise(FlowNode node, List<FlowEdge> edges, ControlFlowRegion from, FinallyContext? context)
    {
        var region = from;
        for (var part = node.Block.Part; ;)
        {
            ControlFlowRegion? inner = null;
            for (; region.Kind != ControlFlowRegionKind.Root; inner = region, region = region.EnclosingRegion!)
            {
                if (region.Kind == ControlFlowRegionKind.Finally)
                    context = context?.Outer;
                else if (region.FinallyHandler() is { } handler && !_blockEnds.Contains(handler))
                {
                    Connect(node, edges, part[handler.FirstBlockOrdinal], ContextOf(handler, FinallyContext.Exceptional, context));
                    return;
                }
                else if (region.IsFollowedByHandlers(inner) && RaiseTo(node, edges, part, region, context))
                    return;
            }

            if (part.Host is not { } host)
                return;
            (region, part) = (host.Block.EnclosingRegion, host.Part);
        }
    }

    // Returns true if no exception passes these handlers.
    private bool RaiseTo(FlowNode node, List<FlowEdge> edges, FlowPart part, ControlFlowRegion after, FinallyContext? context)
    {
        var handlers = after.EnclosingRegion!.NestedRegions;
        for (var i = handlers.IndexOf(after) + 1; i < handlers.Length; i++)
        {
            Connect(node, edges, part[handlers[i].FirstBlockOrdinal], context);
            if (handlers[i].CatchesAll())
                return true;
        }

        return false;
    }

    private void Connect(FlowNode node, List<FlowEdge> edges, FlowBlock destination, FinallyContext? context)
    {
        var target = NodeOf(destination, context);
        edges.Add(new FlowEdge(target, BornBetween(node.Block.InBody, target.Block.InBody)));
    }

    // No value reaches a local from before the region that declares it: the compiler has proved that every read is preceded by a write on every path from the
    // start of the region. The variables of a lambda that runs in place live across no wait, so they are in no row.
    private BitRow BornBetween(BasicBlock from, BasicBlock to)
    {
        if (from.EnclosingRegion == to.EnclosingRegion)
            return _none;
        BitRow? born = null;
        for (var region = to.EnclosingRegion; !region.Contains(from.Ordinal); region = region.EnclosingRegion!)
        {
            if (!region.Locals.IsEmpty)
                born = born is { } inner ? Union(inner, LocalsOf(region)) : LocalsOf(region);
        }

        return born ?? _none;
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

    private FlowNode NodeOf(FlowBlock block, FinallyContext? context)
    {
        if (_known.TryGetValue((block, context), out var node))
            return node;
        node = new FlowNode(_nodes.Count, block, _events[block.Index], context);
        _nodes.Add(node);
        _known.Add((block, context), node);
        return node;
    }

    private FinallyContext ContextOf(ControlFlowRegion handler, int destination, FinallyContext? outer)
    {
        if (_contexts.TryGetValue((handler, destination, outer), out var context))
            return context;
        context = new FinallyContext(destination, outer);
        _contexts.Add((handler, destination, outer), context);
        return context;
    }
}

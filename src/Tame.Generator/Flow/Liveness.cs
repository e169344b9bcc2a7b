using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Tame.Generator.Flow;

/// <summary>Finds the variables whose value is needed after a wait: a backward fixpoint over rows of bits.</summary>
internal sealed class Liveness
{
    private readonly FlowGraph _graph;
    private readonly BitRow[] _atStart;
    private readonly BitRow[] _crossing;
    private readonly BitRow _live;
    private readonly BitRow _inHandlers;

    private Liveness(FlowGraph graph, int waits)
    {
        _graph = graph;
        _atStart = NewRows(graph.Nodes.Count);
        _crossing = NewRows(waits);
        _live = graph.Variables.NewRow();
        _inHandlers = graph.Variables.NewRow();
    }

    /// <summary>For each wait, the variables that live across it.</summary>
    public static BitRow[] Solve(FlowGraph graph, int waits, CancellationToken cancellationToken)
    {
        var liveness = new Liveness(graph, waits);
        var changed = true;
        while (changed)
        {
            cancellationToken.ThrowIfCancellationRequested();
            changed = false;
            for (var i = graph.Nodes.Count - 1; i >= 0; i--)
                changed |= liveness.Pass(graph.Nodes[i]);
        }

        return liveness._crossing;
    }

    // An exception may leave before or after any event, so what the handlers need is needed throughout.
    private bool Pass(FlowNode node)
    {
        Collect(node.Raised, _inHandlers);
        Collect(node.Next, _live);
        _live.Add(_inHandlers);
        for (var i = node.Events.Length - 1; i >= 0; i--)
        {
            var item = node.Events[i];
            if (item.Kind == FlowEventKind.Use)
                _live.Add(item.Index);
            else if (item.Kind == FlowEventKind.Wait)
                _crossing[item.Index].Add(_live);
            else if (item.Kind == FlowEventKind.Define && !_inHandlers[item.Index])
                _live.Remove(item.Index);
        }

        return _atStart[node.Index].Add(_live);
    }

    private void Collect(List<FlowEdge> edges, BitRow row)
    {
        row.Clear();
        foreach (var edge in edges)
            row.AddExcept(_atStart[edge.Target.Index], edge.Born);
    }

    private BitRow[] NewRows(int count)
    {
        var rows = new BitRow[count];
        for (var i = 0; i < count; i++)
            rows[i] = _graph.Variables.NewRow();
        return rows;
    }
}

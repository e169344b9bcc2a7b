using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Tame.Generator.Flow;

namespace Tame.Generator.Analysis.Paths;

/// <summary>
/// The values that expressions can still have on a path, as a row of bits: what a passed condition implies for a later one. It is kept while such a condition
/// may follow, so that paths that differ in nothing relevant are merged.
/// </summary>
internal sealed class KnownValues
{
    private const int Bits = 64;

    private readonly Dictionary<string, (PureExpression Expression, ValueDomain Domain)> _domains = new();
    private readonly Dictionary<IOperation, (ValueDomain Domain, Condition Condition)> _conditions = new();
    private readonly ConditionReader _reader;
    private readonly ulong[] _tested;

    public KnownValues(FlowGraph graph, ConditionReader reader)
    {
        _reader = reader;
        _tested = new ulong[graph.Nodes.Count];
        PlaceDomains(graph);
        foreach (var condition in Conditions(graph))
        {
            if (_reader.ExpressionIn(condition) is { } expression && _domains.TryGetValue(expression.Text, out var known) && _reader.Read(condition, known.Domain) is { } read)
                _conditions[condition] = (known.Domain, read);
        }

        FindTested(graph);
    }

    /// <summary>Nothing is known.</summary>
    public ulong Nothing { get; private set; }

    /// <summary>What is known on the path from a condition to its target. Null if the condition cannot lead there.</summary>
    public ulong? Passing(FlowNode node, int way, ulong known)
    {
        if (node.Block.BranchValue is not { } condition || !_conditions.TryGetValue(condition, out var found))
            return known;
        var isJump = way == 0 && !IsRefusal(node.Block.ConditionalSuccessor);
        var holds = isJump == (node.Block.ConditionKind == ControlFlowConditionKind.WhenTrue);
        var values = known & (holds ? found.Condition.WhenTrue : found.Condition.WhenFalse);
        return values == 0 ? null : (known & ~found.Domain.All) | values;
    }

    /// <summary>Removes what no condition tests from here on.</summary>
    public ulong Needed(FlowNode node, ulong known) => known | (Nothing & ~_tested[node.Index]);

    /// <summary>A variable gets a value.</summary>
    public ulong Set(ulong known, ISymbol variable, IOperation? value)
    {
        foreach (var (expression, domain) in _domains.Values)
        {
            if (!expression.Names(variable))
                continue;
            var values = value is not null && expression.IsVariable ? ConditionReader.Assigned(value, domain) : null;
            known = (known & ~domain.All) | (values ?? domain.All);
        }

        return known;
    }

    /// <summary>A number is added to a variable.</summary>
    public ulong Add(ulong known, ISymbol variable, long number)
    {
        foreach (var (expression, domain) in _domains.Values)
        {
            if (expression.Names(variable))
                known = (known & ~domain.All) | (expression.IsVariable ? domain.Shifted(known & domain.All, number) : domain.All);
        }

        return known;
    }

    private static IEnumerable<IOperation> Conditions(FlowGraph graph) => graph.Nodes.Where(node => node.Block.ConditionKind != ControlFlowConditionKind.None)
        .Where(node => (node.Next.Count == 2 || IsFilter(node)) && !node.Block.BranchValue!.ConstantValue.HasValue).Select(node => node.Block.BranchValue!).Distinct();

    /// <summary>Whether a node ends with the condition of a filter. The graph has only its path into the handler.</summary>
    private static bool IsFilter(FlowNode node) => node.Next.Count == 1 && (IsRefusal(node.Block.ConditionalSuccessor) || IsRefusal(node.Block.FallThroughSuccessor));

    private static bool IsRefusal(ControlFlowBranch? branch) => branch?.Semantics == ControlFlowBranchSemantics.StructuredExceptionHandling;

    /// <summary>Gives bits to the domains in the order of the graph. A domain for which too few bits are left is not followed.</summary>
    private void PlaceDomains(FlowGraph graph)
    {
        var offset = 0;
        foreach (var tested in Conditions(graph).Select(condition => (Expression: _reader.ExpressionIn(condition), Condition: condition)).Where(found => found.Expression is not null)
            .GroupBy(found => found.Expression!.Text))
        {
            var domain = _reader.Domain(tested.Select(found => found.Condition));
            if (offset + domain.Width > Bits)
                continue;
            domain.Place(offset);
            offset += domain.Width;
            Nothing |= domain.All;
            _domains.Add(tested.Key, (tested.First().Expression!, domain));
        }
    }

    private void FindTested(FlowGraph graph)
    {
        for (var grown = true; grown;)
        {
            grown = false;
            for (var i = graph.Nodes.Count - 1; i >= 0; i--)
            {
                var node = graph.Nodes[i];
                var tested = node.Block.BranchValue is { } condition && _conditions.TryGetValue(condition, out var found) ? found.Domain.All : 0;
                foreach (var edge in node.Next)
                    tested |= _tested[edge.Target.Index];
                foreach (var edge in node.Raised)
                    tested |= _tested[edge.Target.Index];
                grown |= tested != _tested[i];
                _tested[i] = tested;
            }
        }
    }
}

using Microsoft.CodeAnalysis.Operations;

namespace Tame.Generator.Flow;

/// <summary>
/// The graph of a body as Roslyn creates it, and with the added edges. Both analyses of a body read the same one, because creating it twice was 40 % of their
/// cost.
/// </summary>
internal sealed record BodyGraph(FlowBlocks Blocks, CaptureAliases Aliases, FlowGraph Flow)
{
    public static BodyGraph Of(IMethodBodyOperation body, BodyFacts facts, PrimitiveSymbols primitives, CancellationToken cancellationToken)
    {
        var blocks = FlowBlocks.Of(body, primitives, cancellationToken);
        var aliases = CaptureAliases.Read(blocks);
        var variables = new VariableTable(facts.Method);
        var events = new EventReader(primitives, facts, variables, aliases).Read(blocks, cancellationToken);
        foreach (var captured in facts.Captures.Variables)
            variables.IndexOrAdd(captured);
        return new BodyGraph(blocks, aliases, new FlowGraphBuilder(blocks, events, variables, ExhaustiveSwitches.In(body, facts.Nested, cancellationToken)).Build(cancellationToken));
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tame;

/// <summary>A graph in its serialized form: edges refer to their nodes by number.</summary>
internal sealed record GraphDocument(IReadOnlyList<BlockingNode> Nodes, IReadOnlyList<GraphDocument.Edge> Edges)
{
    public static GraphDocument Of(BlockingGraph graph)
    {
        var numbers = GraphText.Numbers(graph);
        return new GraphDocument(graph.Nodes, [.. graph.Edges.Select(edge => new Edge(numbers[edge.From], numbers[edge.To], edge.Kind, edge.Count, edge.Costs))]);
    }

    public BlockingGraph Graph() => new(
        Array.AsReadOnly(Nodes.ToArray()),
        Array.AsReadOnly(Edges.Select(edge => new BlockingEdge(Point(edge.From), Point(edge.To), edge.Kind, edge.Count, edge.Costs)).ToArray()));

    private WaitPoint Point(int number) =>
        (uint)number < (uint)Nodes.Count ? Nodes[number].Point : throw new JsonException($"There is no node {number}: the graph has {Nodes.Count}.");

    internal sealed record Edge(int From, int To, BlockingEdgeKind Kind, long Count, StretchCosts Costs);
}

/// <summary>Writes and reads graphs without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(GraphDocument))]
internal sealed partial class GraphJson : JsonSerializerContext;

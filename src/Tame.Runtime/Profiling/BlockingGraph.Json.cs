using System.Text.Json;

namespace Tame;

public sealed partial record BlockingGraph
{
    /// <summary>
    /// Converts the graph to JSON. It contains <c>nodes</c>, each with its <c>point</c>, <c>blocked</c>, and <c>costs</c>, and <c>edges</c>, whose <c>from</c>
    /// and <c>to</c> are indexes of nodes.
    /// </summary>
    public string ToJson() => JsonSerializer.Serialize(GraphDocument.Of(this), GraphJson.Default.GraphDocument);

    /// <summary>Reads the output of <see cref="ToJson"/>.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="ArgumentNullException">The text is null.</exception>
    /// <exception cref="JsonException">The text is not such a graph.</exception>
    public static BlockingGraph FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return (JsonSerializer.Deserialize(json, GraphJson.Default.GraphDocument) ?? throw new JsonException("The graph is null.")).Graph();
    }
}

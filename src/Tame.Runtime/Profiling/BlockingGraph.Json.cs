using System.Text.Json;

namespace Tame;

public sealed partial record BlockingGraph
{
    /// <summary>
    /// The graph as JSON: <c>nodes</c>, each with its <c>point</c>, <c>blocked</c> and <c>costs</c>, and <c>edges</c>, which name their nodes <c>from</c> and <c>to</c> by their places in that list.
    /// </summary>
    public string ToJson() => JsonSerializer.Serialize(GraphDocument.Of(this), GraphJson.Default.GraphDocument);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="ArgumentNullException">The text is null.</exception>
    /// <exception cref="JsonException">It is not such a graph.</exception>
    public static BlockingGraph FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return (JsonSerializer.Deserialize(json, GraphJson.Default.GraphDocument) ?? throw new JsonException("The graph is null.")).Graph();
    }
}

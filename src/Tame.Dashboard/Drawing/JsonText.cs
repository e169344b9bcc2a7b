using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Tame.Dashboards.Figures;
using Tame.Dashboards.Graph;

namespace Tame.Dashboards.Drawing;

/// <summary>The JSON that the page's script reads.</summary>
internal static class JsonText
{
    /// <summary>The curves: an array of numbers for each, the oldest first, with null for unknown numbers.</summary>
    public static string OfHistory(IReadOnlyList<(DateTimeOffset Time, LoopFigures Figures)> history) => Write(json =>
    {
        json.WriteStartArray("time");
        foreach (var item in history)
            json.WriteNumberValue(item.Time.ToUnixTimeMilliseconds());
        json.WriteEndArray();
        foreach (var (name, value) in s_curves)
        {
            json.WriteStartArray(name);
            foreach (var item in history)
                WriteNumber(json, value(item.Figures));
            json.WriteEndArray();
        }
    });

    public static string OfFigures(DateTimeOffset time, LoopFigures figures) => Write(json =>
    {
        json.WriteNumber("time", time.ToUnixTimeMilliseconds());
        foreach (var (name, value) in s_curves)
        {
            json.WritePropertyName(name);
            WriteNumber(json, value(figures));
        }
        json.WriteNumber("blocked", figures.Blocked);
        json.WriteString("profile", figures.Profile.ToString().ToLowerInvariant());
        WriteLost(json, figures.Lost);
        if (figures.Policy is { } policy)
            WritePolicy(json, policy);
    });

    /// <summary>The numbers on a drawing: nodes as [id, calls that wait, costs], edges as [id, count, rate, costs].</summary>
    public static string OfCounts(VisibleGraph graph) => Write(json =>
    {
        json.WriteBoolean("collapses", graph.Collapses);
        json.WriteStartArray("nodes");
        foreach (var node in graph.Nodes)
        {
            json.WriteStartArray();
            json.WriteNumberValue(node.Id);
            json.WriteNumberValue(node.Blocked);
            WriteCosts(json, node.Costs);
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteStartArray("edges");
        foreach (var edge in graph.Edges)
        {
            json.WriteStartArray();
            json.WriteNumberValue(edge.Id);
            json.WriteNumberValue(edge.Traffic.Count);
            WriteNumber(json, edge.Traffic.Rate);
            WriteCosts(json, edge.Costs);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    });

    private static readonly (string Name, Func<LoopFigures, double?> Value)[] s_curves =
    [
        ("ready", figures => figures.Ready),
        ("delay", figures => figures.Delay),
        ("busy", figures => figures.Busy),
        ("memory", figures => figures.Memory),
        ("descriptors", figures => figures.Descriptors),
    ];

    private static string Write(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static void WriteCosts(Utf8JsonWriter json, StretchCosts costs)
    {
        foreach (double cost in (ReadOnlySpan<double>)[costs.RunningNanoseconds, costs.AllocatedBytes, costs.ClosureBytes, costs.Descriptors, costs.BlockedNanoseconds])
            WriteNumber(json, cost);
    }

    private static void WriteLost(Utf8JsonWriter json, IReadOnlyList<LostEvent> lost)
    {
        json.WriteStartArray("lost");
        foreach (var loss in lost)
        {
            json.WriteStartObject();
            json.WriteString("method", loss.Method);
            json.WriteString("place", $"{loss.File}:{loss.Line}");
            json.WriteNumber("count", loss.Count);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WritePolicy(Utf8JsonWriter json, PolicyFigures policy)
    {
        json.WriteStartObject("policy");
        json.WriteString("name", policy.Name);
        json.WriteStartArray("resources");
        foreach (var resource in policy.Resources)
        {
            json.WriteStartObject();
            json.WriteString("name", resource.Name);
            foreach (var (name, value) in (ReadOnlySpan<(string, double)>)[("used", resource.Used), ("capacity", resource.Capacity), ("low", resource.Low), ("high", resource.High)])
            {
                json.WritePropertyName(name);
                WriteNumber(json, value);
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>JSON has no infinity. Six digits are more than a drawing shows.</summary>
    private static void WriteNumber(Utf8JsonWriter json, double? value)
    {
        if (value is { } number && double.IsFinite(number))
            json.WriteRawValue(number.ToString("G6", CultureInfo.InvariantCulture));
        else
            json.WriteNullValue();
    }
}

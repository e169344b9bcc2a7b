using System.Globalization;
using System.Text.Json;
using HdrHistogram;

namespace Tame.Load;

/// <summary>Writes a result for people, for programs and for the report of the benchmarks.</summary>
internal static class Report
{
    private static readonly double[] s_percentiles = [50, 90, 99, 99.9];

    public static void Write(LoadResult result, double? processorMicroseconds, TextWriter output)
    {
        output.WriteLine(Text($"{result.Requests} answers in {result.Duration.TotalSeconds:0.##} s: {result.Rate:0} a second, {result.Bytes / result.Duration.TotalSeconds / 1e6:0.0} MB/s, {result.Connections} connections opened"));
        output.WriteLine("answers by status: " + string.Join(", ", result.Statuses.Select(status => Text($"{status.Key} {status.Value}"))));
        output.WriteLine($"latency from due  {Percentiles(result.Latency)}");
        output.WriteLine($"latency from sent {Percentiles(result.Service)}");
        output.WriteLine(Text($"answers a client: least {result.Answers.Min()}, most {result.Answers.Max()}, Jain's fairness index {result.Fairness:0.0000}"));
        if (result.Refused > 0)
        {
            output.WriteLine(Text($"of 2xx and 3xx    {result.Admitted.Count / result.Duration.TotalSeconds:0} a second, from due {Percentiles(result.Admitted.Latency)}, Jain's fairness index {result.Admitted.Fairness:0.0000}"));
            output.WriteLine(Text($"of other statuses {result.TurnedAway.Count / result.Duration.TotalSeconds:0} a second, from sent {Percentiles(result.TurnedAway.Service)}"));
        }
        if (processorMicroseconds is { } time)
            output.WriteLine(Text($"processor time of the server: {time:0.00} us an answer"));
        if (result.Unsent > 0)
            output.WriteLine(Text($"{result.Unsent} requests were due but never sent: their clients still waited"));
        foreach (var (reason, count) in result.Failures)
            output.WriteLine(Text($"{count} requests failed: {reason}"));
    }

    /// <summary>The same as one object of JSON. Times are in microseconds.</summary>
    public static void WriteJson(LoadResult result, double? processorMicroseconds, Stream output)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteNumber("requests", result.Requests);
        json.WriteNumber("seconds", result.Duration.TotalSeconds);
        json.WriteNumber("rate", result.Rate);
        json.WriteNumber("bytes", result.Bytes);
        json.WriteNumber("connections", result.Connections);
        json.WriteNumber("unsent", result.Unsent);
        json.WriteNumber("fairness", result.Fairness);
        if (processorMicroseconds is { } time)
            json.WriteNumber("processorMicroseconds", time);
        WriteTimes(json, "latency", result.Latency);
        WriteTimes(json, "service", result.Service);
        WriteTally(json, "admitted", result.Admitted);
        WriteTally(json, "turnedAway", result.TurnedAway);
        json.WriteStartObject("statuses");
        foreach (var (status, count) in result.Statuses)
            json.WriteNumber(status.ToString(CultureInfo.InvariantCulture), count);
        json.WriteEndObject();
        json.WriteStartObject("failures");
        foreach (var (reason, count) in result.Failures)
            json.WriteNumber(reason, count);
        json.WriteEndObject();
        json.WriteStartArray("clients");
        foreach (long count in result.Answers)
            json.WriteNumberValue(count);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTally(Utf8JsonWriter json, string name, AnswerTally tally)
    {
        json.WriteStartObject(name);
        json.WriteNumber("requests", tally.Count);
        json.WriteNumber("fairness", tally.Fairness);
        WriteTimes(json, "latency", tally.Latency);
        WriteTimes(json, "service", tally.Service);
        json.WriteEndObject();
    }

    private static void WriteTimes(Utf8JsonWriter json, string name, LongHistogram times)
    {
        json.WriteStartObject(name);
        foreach (double percentile in s_percentiles)
            json.WriteNumber(Text($"p{percentile}"), Microseconds(AnswerTally.Within(times, percentile)));
        json.WriteNumber("max", Microseconds(times.GetMaxValue()));
        json.WriteEndObject();
    }

    private static string Percentiles(LongHistogram times) =>
        string.Join(", ", s_percentiles.Select(p => Text($"p{p} {Microseconds(AnswerTally.Within(times, p)):0} us"))) + Text($", max {Microseconds(times.GetMaxValue()):0} us");

    private static double Microseconds(long nanoseconds) => nanoseconds / 1e3;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

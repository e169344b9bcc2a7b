using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tame.Comparison.Results;

/// <summary>How long answers took, in milliseconds.</summary>
internal sealed record ResponseTimes(double P50, double P90, double P99, double P999, double Max);

/// <summary>One server under one number of clients.</summary>
internal sealed record MixPoint
{
    public required string Server { get; init; }

    public required int Clients { get; init; }

    /// <summary>Answers of 2xx and 3xx that came in a second.</summary>
    public double RequestsPerSecond { get; init; }

    /// <summary>Bits of answers, heads included.</summary>
    public double MegabitsPerSecond { get; init; }

    public double ConnectionsPerSecond { get; init; }

    /// <summary>From the decision to ask to the whole answer, so that it includes opening a connection where that is needed.</summary>
    public required ResponseTimes Milliseconds { get; init; }

    /// <summary>The response times at <see cref="Shares"/> of the requests.</summary>
    public double[] Distribution { get; init; } = [];

    public double ResidentMegabytes { get; init; }

    public double ProportionalMegabytes { get; init; }

    public double VirtualMegabytes { get; init; }

    public int Threads { get; init; }

    public int Processes { get; init; }

    /// <summary>Processor time of the server for each answer.</summary>
    public double ProcessorMicroseconds { get; init; }

    /// <summary>Which part of its core the server used.</summary>
    public double ServerBusy { get; init; }

    /// <summary>Which part of its core the load generator used. Near 1, it and not the server may be the limit.</summary>
    public double LoadBusy { get; init; }

    /// <summary>Answers of other statuses, and requests without an answer.</summary>
    public long Errors { get; init; }

    /// <summary>Jain's index over the answers that each client got.</summary>
    public double Fairness { get; init; }

    /// <summary>The percentiles of <see cref="Distribution"/>.</summary>
    public static readonly double[] Shares = [0, 1, 2, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 93, 95, 97, 98, 99, 99.5, 99.9, 100];
}

/// <summary>The bottleneck page at one constant rate.</summary>
internal sealed record OverloadPoint
{
    /// <summary>With the controllers, or without.</summary>
    public required string Variant { get; init; }

    /// <summary>The rate as a multiple of what the server answers at most.</summary>
    public required double Load { get; init; }

    /// <summary>The load is low again, after the highest.</summary>
    public bool IsAfter { get; init; }

    public double OfferedPerSecond { get; init; }

    public double AdmittedPerSecond { get; init; }

    /// <summary>Answers of 503.</summary>
    public double RefusedPerSecond { get; init; }

    /// <summary>Of requests that were not refused, from the moment when each was due. One without an answer counts with the time until it failed or the run ended.</summary>
    public required ResponseTimes Milliseconds { get; init; }

    /// <summary>The 90th percentile of admitted requests from the moment when each was sent.</summary>
    public double SentP90 { get; init; }

    /// <summary>The 99th percentile of refused requests from the moment when each was sent.</summary>
    public double RefusedP99 { get; init; }

    /// <summary>Jain's index over the admitted requests of each client.</summary>
    public double Fairness { get; init; }

    /// <summary>How many requests failed, by reason.</summary>
    public IReadOnlyDictionary<string, long> Failures { get; init; } = new Dictionary<string, long>();

    /// <summary>Requests that were due and not sent when the time was over, because their clients still waited for an earlier answer.</summary>
    public long Unsent { get; init; }

    /// <summary>How many requests failed.</summary>
    [JsonIgnore]
    public long Failed => Failures.Values.Sum();
}

/// <summary>So many tasks at a time, each on a thread or all on a loop.</summary>
internal sealed record TaskPoint
{
    public required string Side { get; init; }

    public required int Tasks { get; init; }

    public double PerSecond { get; init; }

    /// <summary>Milliseconds from the beginning of a task to its end, on average.</summary>
    public double Mean { get; init; }

    public double P50 { get; init; }

    public double P99 { get; init; }

    public double ResidentMegabytes { get; init; }

    public double VirtualMegabytes { get; init; }

    /// <summary>Why there is no number.</summary>
    public string? Failed { get; init; }
}

/// <summary>All that a run has found out.</summary>
internal sealed record Findings
{
    private static readonly JsonSerializerOptions s_form = new() { WriteIndented = true };

    public string Circumstances { get; init; } = "";

    /// <summary>The load average when the run began.</summary>
    public double LoadAverage { get; init; }

    public string Command { get; init; } = "";

    /// <summary>How each server is set up, by its name.</summary>
    public Dictionary<string, string> Setups { get; init; } = [];

    /// <summary>What was asked for, as sentences.</summary>
    public List<string> Settings { get; init; } = [];

    /// <summary>What could not be measured, and why.</summary>
    public List<string> Missing { get; init; } = [];

    public List<MixPoint> Mix { get; init; } = [];

    /// <summary>The target of the 90th percentile in the overload run, in milliseconds.</summary>
    public double TargetMilliseconds { get; init; }

    /// <summary>What the server answers at most of the bottleneck page, a second.</summary>
    public double PeakPerSecond { get; set; }

    public List<OverloadPoint> Overload { get; init; } = [];

    public List<TaskPoint> Tasks { get; init; } = [];

    public void Write(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, JsonSerializer.Serialize(this, s_form));
    }

    /// <exception cref="InvalidDataException">These are no results.</exception>
    public static Findings Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<Findings>(File.ReadAllText(file), s_form) ?? throw new InvalidDataException($"{file} is empty");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{file} holds no results: {error.Message}", error);
        }
    }
}

using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Tame.Hosting;

/// <summary>
/// Reads options from a section of the configuration. It does not use the configuration binder, so that it needs no reflection and each message names
/// the key.
/// </summary>
internal sealed class SectionBinding(IConfiguration section) : IConfigureOptions<EventLoopHostingOptions>
{
    private const string TimeForm = "a time, such as 00:00:05 or 00:00:00.250, or Infinite";

    private static readonly string[] s_keys =
    [
        nameof(EventLoopHostingOptions.Count), nameof(EventLoopHostingOptions.Name), nameof(EventLoopHostingOptions.DrainTimeout), nameof(EventLoopHostingOptions.ExitTimeout),
        nameof(EventLoopHostingOptions.SlowTurn), nameof(EventLoopHostingOptions.AnswerTimeout), nameof(EventLoopHostingOptions.LostEvents), nameof(EventLoopHostingOptions.TraceCalls),
    ];

    public void Configure(EventLoopHostingOptions options)
    {
        var failures = section.GetChildren().Select(entry => Set(options, entry)).OfType<string>().ToList();
        if (failures.Count != 0)
            throw new OptionsValidationException(Options.DefaultName, typeof(EventLoopHostingOptions), failures);
    }

    /// <summary>Sets one option. Returns a message if the entry is wrong, or null.</summary>
    private static string? Set(EventLoopHostingOptions options, IConfigurationSection entry)
    {
        string? key = Array.Find(s_keys, known => known.Equals(entry.Key, StringComparison.OrdinalIgnoreCase));
        string text = entry.Value ?? "";
        string? expected = key switch
        {
            nameof(options.Count) => TrySet(int.TryParse(text, CultureInfo.InvariantCulture, out int count), () => options.Count = count, "a whole number"),
            nameof(options.Name) => TrySet(entry.Value is not null, () => options.Name = text, "text"),
            nameof(options.DrainTimeout) => TrySet(TryParse(text, out var drain), () => options.DrainTimeout = drain, TimeForm),
            nameof(options.ExitTimeout) => TrySet(TryParse(text, out var exit), () => options.ExitTimeout = exit, TimeForm),
            nameof(options.SlowTurn) => TrySet(TryParse(text, out var slow), () => options.SlowTurn = slow, TimeForm),
            nameof(options.AnswerTimeout) => TrySet(TryParse(text, out var answer), () => options.AnswerTimeout = answer, TimeForm),
            nameof(options.LostEvents) => TrySet(Enum.TryParse<LostEventDetection>(text, ignoreCase: true, out var lost), () => options.LostEvents = lost, $"one of {string.Join(", ", Enum.GetNames<LostEventDetection>())}"),
            nameof(options.TraceCalls) => TrySet(bool.TryParse(text, out bool trace), () => options.TraceCalls = trace, "true or false"),
            _ => null,
        };
        return key is null ? $"The configuration has {entry.Path}, which is not an option. The options are {string.Join(", ", s_keys)}."
            : expected is null ? null
            : $"The configuration has '{text}' for {entry.Path}. Write {expected}.";
    }

    private static string? TrySet(bool isParsed, Action set, string expected)
    {
        if (!isParsed)
            return expected;
        set();
        return null;
    }

    private static bool TryParse(string text, out TimeSpan time)
    {
        time = Timeout.InfiniteTimeSpan;
        return text.Equals("Infinite", StringComparison.OrdinalIgnoreCase) || TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out time);
    }
}

using Microsoft.Extensions.Options;

namespace Tame.Hosting;

/// <summary>Rejects invalid options. Each message names the option, its value, and the valid values.</summary>
internal sealed class OptionsChecks : IValidateOptions<EventLoopHostingOptions>
{
    /// <summary>The longest time that a timer of the system accepts.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    public ValidateOptionsResult Validate(string? name, EventLoopHostingOptions options)
    {
        var failures = new List<string>();
        if (options.Count is < 1 or > EventLoopHostingOptions.MostLoops)
            failures.Add($"{Option(nameof(options.Count))} is {options.Count}. It must be from 1 to {EventLoopHostingOptions.MostLoops}.");
        if (string.IsNullOrWhiteSpace(options.Name))
            failures.Add($"{Option(nameof(options.Name))} is empty. It must be the beginning of the names of loops and threads.");
        if (!Enum.IsDefined(options.LostEvents))
            failures.Add($"{Option(nameof(options.LostEvents))} is {options.LostEvents}. It must be one of {string.Join(", ", Enum.GetNames<LostEventDetection>())}.");
        CheckTime(nameof(options.DrainTimeout), options.DrainTimeout, mayBeZero: true, failures);
        CheckTime(nameof(options.ExitTimeout), options.ExitTimeout, mayBeZero: true, failures);
        CheckTime(nameof(options.SlowTurn), options.SlowTurn, mayBeZero: false, failures);
        CheckTime(nameof(options.AnswerTimeout), options.AnswerTimeout, mayBeZero: false, failures);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    public static string Option(string name) => $"{nameof(EventLoopHostingOptions)}.{name}";

    private static void CheckTime(string name, TimeSpan time, bool mayBeZero, List<string> failures)
    {
        if (time == Timeout.InfiniteTimeSpan || time > TimeSpan.Zero && time <= s_longest || mayBeZero && time == TimeSpan.Zero)
            return;
        failures.Add($"{Option(name)} is {time:c}. It must be {(mayBeZero ? "zero or longer" : "longer than zero")} and at most 49 days, or infinite (-00:00:00.0010000).");
    }
}

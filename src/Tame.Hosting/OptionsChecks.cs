using Microsoft.Extensions.Options;

namespace Tame.Hosting;

/// <summary>Refuses options that make no sense. Each message has the option, its value, and what it may be.</summary>
internal sealed class OptionsChecks : IValidateOptions<EventLoopHostingOptions>
{
    /// <summary>What a timer of the system takes.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    public ValidateOptionsResult Validate(string? name, EventLoopHostingOptions options)
    {
        var failures = new List<string>();
        if (options.Count is < 1 or > EventLoopHostingOptions.MostLoops)
            failures.Add($"{Option(nameof(options.Count))} is {options.Count}: there may be from 1 to {EventLoopHostingOptions.MostLoops} loops.");
        if (string.IsNullOrWhiteSpace(options.Name))
            failures.Add($"{Option(nameof(options.Name))} is empty: the names of loops and threads begin with it.");
        if (!Enum.IsDefined(options.LostEvents))
            failures.Add($"{Option(nameof(options.LostEvents))} is {options.LostEvents}: it is one of {string.Join(", ", Enum.GetNames<LostEventDetection>())}.");
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
        failures.Add($"{Option(name)} is {time:c}: it is a time from {(mayBeZero ? "zero" : "above zero")} to 49 days, or infinite (-00:00:00.0010000).");
    }
}

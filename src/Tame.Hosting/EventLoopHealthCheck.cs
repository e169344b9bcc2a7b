using System.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Tame.Hosting;

/// <summary>Checks that each loop of the host answers a call.</summary>
internal sealed class EventLoopHealthCheck(EventLoopGroup group, IOptions<EventLoopHostingOptions> options) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var failed = context.Registration.FailureStatus;
        if (group.LoopsOrNull is not { } loops)
            return new HealthCheckResult(failed, "The event loops do not run yet.");
        var data = new Dictionary<string, object>();
        var problems = new List<string>();
        var answers = await Task.WhenAll(loops.Select(loop => AskAsync(loop, cancellationToken))).ConfigureAwait(false);
        foreach (var (loop, answer) in loops.Zip(answers))
        {
            var statistics = loop.Loop.Statistics;
            string name = statistics.Name;
            data[$"{name}: calls blocked"] = statistics.BlockedCalls;
            data[$"{name}: events lost"] = statistics.EventsLost;
            if (answer is { } time)
                data[$"{name}: answer in ms"] = time.TotalMilliseconds;
            else
                problems.Add(ProblemOf(loop));
        }
        return problems.Count == 0
            ? HealthCheckResult.Healthy($"{loops.Length} event loops answer.", data)
            : new HealthCheckResult(failed, string.Join(' ', problems), exception: null, data);
    }

    private string ProblemOf(HostedLoop loop) =>
        loop.HasFailed ? $"A failure has ended event loop {loop.Loop.Name}."
        : loop.IsEnding ? $"Event loop {loop.Loop.Name} is ending or has ended."
        : $"Event loop {loop.Loop.Name} did not answer within {options.Value.AnswerTimeout}, because a call computes or blocks on its thread.";

    /// <summary>The time that the loop took to answer; null if it did not answer.</summary>
    private async Task<TimeSpan?> AskAsync(HostedLoop loop, CancellationToken cancellationToken)
    {
        if (loop.IsEnding)
            return null;
        long asked = Stopwatch.GetTimestamp();
        var answer = loop.Loop.InvokeAsync<long>(e => e.Trigger(Stopwatch.GetTimestamp()), cancellationToken);
        await ((Task)answer).WaitAsync(options.Value.AnswerTimeout, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return answer.IsCompletedSuccessfully ? Stopwatch.GetElapsedTime(asked, await answer.ConfigureAwait(false)) : null;
    }
}

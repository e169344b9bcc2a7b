using Microsoft.Extensions.Logging;

namespace Tame.Hosting;

/// <summary>What the loops of a host log, under the category <c>Tame.Hosting</c>. docs/hosting.md lists the events.</summary>
internal static partial class HostingLog
{
    public const string Category = "Tame.Hosting";

    [LoggerMessage(1, LogLevel.Debug, "Event loop {Loop} runs.")]
    public static partial void Started(ILogger logger, string loop);

    [LoggerMessage(2, LogLevel.Error, "Nothing handled a failure on event loop {Loop}, which ends. The failure comes from: {Call}")]
    public static partial void Unhandled(ILogger logger, string loop, string call, Exception failure);

    [LoggerMessage(3, LogLevel.Error, "Event loop {Loop} has lost an event: {Loss} Nothing is left that could trigger it; the call that waited for it got this exception.")]
    public static partial void Lost(ILogger logger, string loop, string loss);

    [LoggerMessage(4, LogLevel.Warning, "A turn of event loop {Loop} took {Milliseconds} ms. Meanwhile its other calls and its timers waited. Take what computes for long or blocks to the thread pool. SlowTurn is {Threshold}.")]
    public static partial void SlowTurn(ILogger logger, string loop, long milliseconds, TimeSpan threshold);

    [LoggerMessage(5, LogLevel.Warning, "The main of event loop {Loop} has not completed within DrainTimeout of the stop, which is {Time}. The loop ends, and its calls are cancelled.")]
    public static partial void DrainOver(ILogger logger, string loop, TimeSpan time);

    [LoggerMessage(6, LogLevel.Error, "Event loop {Loop} has abandoned calls: {Calls}")]
    public static partial void Abandoned(ILogger logger, string loop, string calls);

    [LoggerMessage(7, LogLevel.Error, "The host waits no longer, and event loop {Loop} has not ended. What is left: {Calls}")]
    public static partial void Left(ILogger logger, string loop, string calls);

    [LoggerMessage(8, LogLevel.Error, "Code that was told of the stop of event loop {Loop} has failed.")]
    public static partial void StopFailed(ILogger logger, string loop, Exception failure);

    [LoggerMessage(9, LogLevel.Debug, "Event loop {Loop} has ended.")]
    public static partial void Ended(ILogger logger, string loop);
}

using Microsoft.Extensions.Logging;

namespace Tame.Hosting;

/// <summary>The log messages of a host's loops, in the category <c>Tame.Hosting</c>. docs/hosting.md lists them.</summary>
internal static partial class HostingLog
{
    public const string Category = "Tame.Hosting";

    [LoggerMessage(1, LogLevel.Debug, "Event loop {Loop} runs.")]
    public static partial void Started(ILogger logger, string loop);

    [LoggerMessage(2, LogLevel.Error, "Event loop {Loop} ends, because a failure was not handled. The failure comes from: {Call}")]
    public static partial void Unhandled(ILogger logger, string loop, string call, Exception failure);

    [LoggerMessage(3, LogLevel.Error, "Event loop {Loop} has lost an event: {Loss} The call that waited for it received this exception.")]
    public static partial void Lost(ILogger logger, string loop, string loss);

    [LoggerMessage(4, LogLevel.Warning, "A turn of event loop {Loop} took {Milliseconds} ms. During this time, its other calls and its timers waited. Move code that computes for long or blocks to the thread pool. SlowTurn is {Threshold}.")]
    public static partial void SlowTurn(ILogger logger, string loop, long milliseconds, TimeSpan threshold);

    [LoggerMessage(5, LogLevel.Warning, "The main of event loop {Loop} did not complete within DrainTimeout ({Time}) after the stop. The loop ends, and its calls are cancelled.")]
    public static partial void DrainOver(ILogger logger, string loop, TimeSpan time);

    [LoggerMessage(6, LogLevel.Error, "Event loop {Loop} has abandoned calls: {Calls}")]
    public static partial void Abandoned(ILogger logger, string loop, string calls);

    [LoggerMessage(7, LogLevel.Error, "The host's time to stop is over, and event loop {Loop} has not ended. {Calls}")]
    public static partial void Left(ILogger logger, string loop, string calls);

    [LoggerMessage(8, LogLevel.Error, "Code that was registered with the StoppingToken of event loop {Loop} has failed.")]
    public static partial void StopFailed(ILogger logger, string loop, Exception failure);

    [LoggerMessage(9, LogLevel.Debug, "Event loop {Loop} has ended.")]
    public static partial void Ended(ILogger logger, string loop);
}

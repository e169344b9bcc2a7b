using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Tame.Hosting.Tests;

/// <summary>What a host has logged.</summary>
internal sealed class LogOfTest : ILoggerProvider
{
    private readonly ConcurrentQueue<(string Category, Entry Entry)> _entries = [];

    /// <summary>What the loops have logged, without what is for debugging, and without slow turns: a machine that is busy has them at any time.</summary>
    public IReadOnlyList<Entry> OfLoops => [.. Debug.Where(entry => entry.Level > LogLevel.Debug && entry.Id != 4)];

    public IReadOnlyList<Entry> SlowTurns => [.. Debug.Where(entry => entry.Id == 4)];

    /// <summary>All that the loops have logged.</summary>
    public IReadOnlyList<Entry> Debug => [.. _entries.Where(one => one.Category == "Tame.Hosting").Select(one => one.Entry)];

    /// <summary>Waits for the first entry with this number.</summary>
    public Entry Wait(int id)
    {
        Assert.True(SpinWait.SpinUntil(() => Debug.Any(entry => entry.Id == id), Hosted.Hang), $"Event {id} is not logged.");
        return Debug.First(entry => entry.Id == id);
    }

    public ILogger CreateLogger(string categoryName) => new Writer(this, categoryName);

    public void Dispose()
    {
    }

    internal sealed record Entry(int Id, LogLevel Level, string Text, Exception? Exception);

    private sealed class Writer(LogOfTest log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log._entries.Enqueue((category, new Entry(eventId.Id, logLevel, formatter(state, exception), exception)));
    }
}

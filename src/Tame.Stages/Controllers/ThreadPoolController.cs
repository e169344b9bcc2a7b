namespace Tame.Stages;

/// <summary>
/// Adds a thread each time that the queue is at its threshold, up to a maximum, and removes a thread that has been idle for some time. So a stage whose handlers block
/// gets the threads that its load needs.
/// </summary>
/// <remarks>Source: SEDA's thread-pool controller.</remarks>
public sealed class ThreadPoolController : IThreadPoolController
{
    private readonly ThreadPoolOptions _options;

    /// <summary>Creates a controller.</summary>
    /// <param name="options">The options; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">The smallest number of threads is above the largest.</exception>
    public ThreadPoolController(ThreadPoolOptions? options = null)
    {
        _options = options ?? new ThreadPoolOptions();
        ControllerChecks.InOrder(_options.Min, nameof(ThreadPoolOptions.Min), _options.Max, nameof(ThreadPoolOptions.Max));
    }

    /// <inheritdoc/>
    public TimeSpan Period => _options.Period;

    /// <inheritdoc/>
    public int Threads(in StageSample sample)
    {
        int threads = sample.Threads;
        if (sample.QueueLength >= Threshold(sample.Capacity))
            threads++;
        else if (sample.IdleThreads > 0 && sample.LongestIdle >= _options.IdleTime)
            threads--;
        return Math.Clamp(threads, _options.Min, _options.Max);
    }

    private int Threshold(int capacity) => Math.Max(1, Math.Min(_options.Threshold, capacity / 2));
}

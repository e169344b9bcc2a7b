namespace Tame.Stages;

/// <summary>
/// Looks for the smallest batch that sustains the best throughput seen. It starts with the largest batch and makes it smaller while the throughput holds. When the throughput has
/// fallen, it makes the batch larger until the throughput is back.
/// </summary>
/// <remarks>Source: SEDA's batching controller, AggThrottle in its code.</remarks>
public sealed class BatchController : IBatchController
{
    private readonly BatchOptions _options;
    private State _state;
    private TimeSpan _elapsed;
    private long _completed;
    private double _throughput;
    private double _best;
    private int _batch;
    private int _samples;
    private int _rested;

    /// <summary>Creates a controller.</summary>
    /// <param name="options">The options; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">The smallest batch is above the largest, or the low share above the high one.</exception>
    public BatchController(BatchOptions? options = null)
    {
        _options = options ?? new BatchOptions();
        ControllerChecks.InOrder(_options.Min, nameof(BatchOptions.Min), _options.Max, nameof(BatchOptions.Max));
        ControllerChecks.InOrder(_options.Low, nameof(BatchOptions.Low), _options.High, nameof(BatchOptions.High));
        _batch = _options.Max;
    }

    private enum State
    {
        Shrinking,
        Growing,
        Resting,
    }

    /// <inheritdoc/>
    public TimeSpan Period => _options.Period;

    /// <inheritdoc/>
    public int BatchSize(in StageSample sample)
    {
        if (_options.OnlyUnderBacklog && sample.QueueLength < _batch)
        {
            (_elapsed, _completed) = (TimeSpan.Zero, 0);
            return _batch;
        }
        _elapsed += sample.Elapsed;
        _completed += sample.Completed;
        if (_elapsed <= TimeSpan.Zero || _completed < _options.MinBatches * (long)_batch)
            return _batch;
        double seen = _completed / _elapsed.TotalSeconds;
        _throughput = _throughput == 0 ? seen : _options.Smoothing * _throughput + (1 - _options.Smoothing) * seen;
        (_elapsed, _completed) = (TimeSpan.Zero, 0);
        if (++_samples % _options.Samples == 0)
            Decide();
        return _batch;
    }

    private void Decide()
    {
        if (_throughput < _options.FarBelow * _best || _best > 0 && _throughput >= _options.FarAbove * _best)
            StartAgain();
        else if (_state == State.Growing)
            GoOnGrowing();
        else if (_throughput <= _options.Low * _best)
            Grow();
        else if (_state == State.Shrinking || ++_rested >= _options.Rest)
            Shrink();
        _best = Math.Max(_best, _throughput);
    }

    private void StartAgain()
    {
        _batch = _options.Max;
        _best = _throughput;
        _state = State.Shrinking;
    }

    private void GoOnGrowing()
    {
        if (_throughput >= _options.High * _best)
            Rest();
        else if (_batch == _options.Max)
        {
            // The batch cannot grow further, so this throughput is the new best.
            _best = _throughput;
            _state = State.Shrinking;
        }
        else
            Grow();
    }

    private void Grow()
    {
        _state = State.Growing;
        _batch = (int)Math.Min(_options.Max, Math.Max(_batch + 1L, _batch * _options.Grow));
    }

    private void Shrink()
    {
        _state = State.Shrinking;
        _batch = (int)Math.Max(_options.Min, Math.Min(_batch - 1L, _batch / _options.Shrink));
    }

    private void Rest()
    {
        (_state, _rested) = (State.Resting, 0);
        if (_options.Rest == 0)
            Shrink();
    }
}

using static Tame.Primitives;

namespace Tame.Stages;

/// <summary>Stops a graph.</summary>
public sealed partial class StageGraph
{
    /// <summary>
    /// Stops the stages one after the other, beginning with those that others receive from: when a stage has handled its items, the next one stops. All stages share the deadline. At the
    /// deadline the remaining stages return the items that they have not begun.
    /// </summary>
    /// <param name="deadline">How long the stages may continue, by the clock of the first stage; <see cref="Timeout.InfiniteTimeSpan"/> waits until all items are handled.</param>
    /// <param name="stopped">The event. The items that a stage has returned are in its <see cref="Stage{T}.Left"/>. The event fails with an <see cref="ArgumentOutOfRangeException"/> if the time is negative and not infinite.</param>
    /// <remarks>Call it on the thread of a loop. Other code uses <see cref="StopAsync"/>.</remarks>
    [Tamed]
    public partial void Stop(TimeSpan deadline, Event stopped);

    private void StopBody(TimeSpan deadline, Event stopped)
    {
        var limit = new TimeLimit(deadline, Stages);
        foreach (var stage in Stages)
            twait(e => stage.Stop(limit.Left, e));
        s_live.Remove(this);
        stopped.Trigger();
    }

    /// <summary>Does the same as <see cref="Stop(TimeSpan, Event)"/>, for code outside of tamed methods.</summary>
    /// <param name="deadline">How long the stages may continue.</param>
    /// <returns>A task that ends when all stages have stopped.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    public async Task StopAsync(TimeSpan deadline)
    {
        var limit = new TimeLimit(deadline, Stages);
        foreach (var stage in Stages)
            await stage.StopTask(limit.Left).ConfigureAwait(false);
        s_live.Remove(this);
    }

    /// <summary>The remaining part of a time.</summary>
    private sealed class TimeLimit
    {
        private readonly TimeSpan _all;
        private readonly TimeProvider _time;
        private readonly long _began;

        public TimeLimit(TimeSpan all, IReadOnlyList<Stage> stages)
        {
            if (all != Timeout.InfiniteTimeSpan)
                ArgumentOutOfRangeException.ThrowIfLessThan(all, TimeSpan.Zero);
            _all = all;
            _time = stages.Count == 0 ? TimeProvider.System : stages[0].Time;
            _began = _time.GetTimestamp();
        }

        public TimeSpan Left
        {
            get
            {
                if (_all == Timeout.InfiniteTimeSpan)
                    return _all;
                var left = _all - _time.GetElapsedTime(_began);
                return left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }
        }
    }
}

using Tame.CompilerServices;

namespace Tame.Runtime.Tests.Coordination;

/// <summary>How one operation of a test completes its event: after a time, or at once.</summary>
internal enum Fate
{
    Value,
    Failure,
    Never,
    ValueAtOnce,
    FailureAtOnce,
    ThrowAtOnce,
}

/// <summary>An operation of a test, and the time in ticks after which it completes its event.</summary>
internal readonly record struct Act(Fate Fate, long Ticks)
{
    public bool IsAtOnce => Fate >= Fate.ValueAtOnce;

    public bool Succeeds => Fate is Fate.Value or Fate.ValueAtOnce;

    public string Result(int index) => $"{(Succeeds ? "value" : "failure")} {index}";
}

/// <summary>Operations that follow their acts, each with its index as value or message. It records when each started, and which events are pending.</summary>
internal sealed class Operations(IReadOnlyList<Act> acts)
{
    private readonly List<Event<int>> _events = [];

    public List<long> Starts { get; } = [];

    public bool ArePending => _events.Any(e => e.IsPending);

    public static long Now => EventLoop.Current!.TimeProvider.GetElapsedTime(0).Ticks;

    public static void After(long ticks, Action action) =>
        EventLoop.Current!.TimeProvider.CreateTimer(_ => action(), null, TimeSpan.FromTicks(ticks), Timeout.InfiniteTimeSpan);

    public void Start(Event<int> e) => Start(_events.Count, e);

    private void Start(int index, Event<int> e)
    {
        _events.Add(e);
        Starts.Add(Now);
        var error = new InvalidOperationException($"failure {index}");
        switch (acts[index].Fate)
        {
            case Fate.Value: After(acts[index].Ticks, () => e.Trigger(index)); break;
            case Fate.Failure: After(acts[index].Ticks, () => e.Fail(error)); break;
            case Fate.ValueAtOnce: e.Trigger(index); break;
            case Fate.FailureAtOnce: e.Fail(error); break;
            case Fate.ThrowAtOnce: throw error;
        }
    }

    /// <summary>
    /// Runs something with an event, which is unblocked at its limit, and lets a year pass in virtual time. No operation may be pending by then. If the event
    /// completes without the limit, none may be pending at that time either.
    /// </summary>
    public Outcome Run(Action<Event<int>> start, long? limit)
    {
        var outcome = new Outcome("nothing", -1, null);
        bool isOver = false;
        Loops.RunOpenEnded(
            c =>
            {
                var r = new Rendezvous();
                int[] slot = [-1];
                var e = c.Make(r, Slot.At(slot, ref slot[0]), 1);
                e.OnComplete(
                    _ =>
                    {
                        if (isOver)
                            return;
                        Assert.True(r.TryJoin(out var error));
                        outcome = new Outcome(error?.Message ?? (slot[0] < 0 ? "nothing" : $"value {slot[0]}"), Now, error);
                        Assert.True(outcome.Result == "nothing" || !ArePending, "An operation goes on beside the result.");
                    },
                    null);
                if (limit is { } ticks)
                    After(ticks, () => e.Unblock());
                start(e);
                Primitives.timer(TimeSpan.FromDays(365), c.Make(1));
            },
            _ =>
            {
                isOver = true;
                Assert.False(outcome.At >= 0 && ArePending, "An operation goes on after the end.");
            });
        return outcome;
    }
}

/// <summary>How and when an event completed. A time of -1 means never.</summary>
internal sealed record Outcome(string Result, long At, Exception? Error);

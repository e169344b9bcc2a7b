namespace Tame.Stages.Tests.Model;

/// <summary>Runs a story on a loop under virtual time, and keeps the books: where each item is.</summary>
internal sealed partial class StoryRun
{
    private const int Keys = 3;
    private readonly Story _story;
    private readonly Random _random;
    private readonly Stage<int> _stage;
    private readonly Stage<int> _other;
    private readonly Held _others = new();
    private readonly List<Call> _calls = [];
    private readonly List<Wait> _waits = [];
    private readonly Dictionary<int, string> _items = [];
    private readonly List<int> _begun = [];
    private readonly List<int> _accepted = [];
    private readonly HashSet<int> _withEvent = [];
    private readonly Dictionary<int, string> _told = [];
    private int _next;
    private int _unhandled;
    private int _unheard;

    private StoryRun(Story story)
    {
        (_story, _random) = (story, new Random(story.Seed));
        var options = new StageOptions<int>
        {
            Capacity = story.Capacity,
            MaxConcurrency = story.MaxConcurrency,
            BatchSize = 3,
            OrderBy = story.IsOrdered ? StageOrder.By((int item) => item % Keys) : null,
        };
        _stage = story.IsOfBatches ? Stage.OnLoopInBatches<int>("s", HandleBatch, options) : Stage.OnLoop<int>("s", Handle, options);
        _other = Stage.OnLoop<int>("other", _others.Handle, new() { Capacity = 2 });
        EventLoop.Current!.UnhandledException += (_, e) =>
        {
            _unhandled++;
            e.Handled = e.Exception is PlannedException;
        };
    }

    [Tamed]
    public static partial void Run(Story story, Event done);

    private static void RunBody(Story story, Event done)
    {
        var run = new StoryRun(story);
        foreach (var step in story.Steps)
        {
            if (step == Step.RunLoop)
                twait(e => timer(TimeSpan.FromMilliseconds(1), e));
            else
                run.Do(step);
            run.CheckLimits();
        }
        run.StopNow();
        while (run._calls.Count != 0)
        {
            run.End(null);
            twait(e => timer(TimeSpan.FromMilliseconds(1), e));
        }
        twait(e => timer(TimeSpan.FromSeconds(20), e));
        run.CheckEnd();
        run._others.EndAll();
        done.Trigger();
    }

    private void Do(Step step)
    {
        switch (step)
        {
            case Step.Offer:
                Note(_next, _stage.TryEnqueue(_next));
                break;
            case Step.OfferWithEvent:
                OfferWithEvent(_next, Event.Detached);
                break;
            case Step.OfferAndWait:
                var wait = new Wait(this, _next);
                _waits.Add(wait);
                _items[_next] = "waits";
                wait.Begin(_stage, Event.Detached);
                break;
            case Step.OfferToTwo:
                OfferToTwo(_next);
                break;
            case Step.CancelWait when Pick(_waits) is { } cancelled:
                cancelled.Cancel();
                break;
            case Step.End:
                End(null);
                break;
            case Step.Fail:
                End(new PlannedException());
                break;
            case Step.StopSoon:
                _stage.Stop(TimeSpan.FromSeconds(10), Event.Ignored);
                break;
            case Step.StopNow:
                StopNow();
                break;
        }
        _next++;
    }

    [Tamed]
    private partial void OfferWithEvent(int item, Event done);

    private void OfferWithEventBody(int item, Event done)
    {
        using var r = new Rendezvous();
        var e = mkevent(r);
        _withEvent.Add(item);
        Note(item, _stage.TryEnqueue(item, e));
        if (_items[item] == "refused")
        {
            Assert.True(e.IsPending);
            e.Trigger();
        }
        twait(r, out Exception? error);
        string told = error is null ? "done" : error is PlannedException ? "failed" : error is OperationCanceledException ? "left" : throw error;
        if (_items[item] != "refused")
            _told.Add(item, told);
        done.Trigger();
    }

    private void OfferToTwo(int item)
    {
        int before = _other.Length + _others.Begun.Count;
        var outcome = Stage.TryEnqueueAll(_stage.Offer(item), _other.Offer(item));
        Note(item, outcome, couldBeOther: true);
        Assert.Equal(outcome == EnqueueOutcome.Accepted ? before + 1 : before, _other.Length + _others.Begun.Count);
    }

    private void Note(int item, EnqueueOutcome outcome, bool couldBeOther = false)
    {
        if (outcome == EnqueueOutcome.Full && !couldBeOther)
            Assert.True(_stage.Length == _stage.Capacity || _stage.Waiting != 0, "Refused though there is room.");
        if (outcome == EnqueueOutcome.Stopping)
            Assert.True(_stage.IsStopping);
        if (outcome == EnqueueOutcome.Accepted)
            _accepted.Add(item);
        _items.TryAdd(item, outcome == EnqueueOutcome.Accepted ? "accepted" : "refused");
    }

    private void StopNow() => _stage.Stop(TimeSpan.Zero, Event.Ignored);

    private void Handle(int item, Event done) => Begin([item], done);

    private void HandleBatch(StageBatch<int> batch, Event done) => Begin([.. batch], done);

    private void Begin(int[] items, Event done)
    {
        _begun.AddRange(items);
        _calls.Add(new Call(items, done));
        Assert.True(_calls.Count <= _story.MaxConcurrency, "Too many calls are under way.");
        if (_story.IsOrdered)
            Assert.Equal(_calls.Sum(call => call.Items.Length), _calls.SelectMany(call => call.Items).Select(item => item % Keys).Distinct().Count());
    }

    private void End(PlannedException? error)
    {
        if (Pick(_calls) is not { } call)
            return;
        _calls.Remove(call);
        if (error is not null)
            _unheard += call.Items.Count(item => !_withEvent.Contains(item));
        foreach (int item in call.Items)
            _items[item] = error is null ? "done" : "failed";
        if (error is null)
            call.Done.Trigger();
        else
            call.Done.Fail(error);
    }

    private void CheckLimits() => Assert.InRange(_stage.Length, 0, _story.Capacity);

    private void CheckEnd()
    {
        var left = _stage.Left;
        foreach (int item in left)
            Assert.Equal("accepted", _items[item]);
        Assert.Equal(_accepted.Order(), _begun.Concat(left).Order());
        Assert.Equal(_begun.Count, _begun.Distinct().Count());
        foreach (var (item, told) in _told)
            Assert.Equal(left.Contains(item) ? "left" : _items[item], told);
        foreach (var key in Enumerable.Range(0, Keys))
        {
            // Waiters are let in first, so that items are accepted in the order in which they were offered.
            var order = _begun.Concat(left).Where(item => item % Keys == key);
            Assert.Equal(_accepted.Where(item => item % Keys == key).Order(), order);
        }
        if (!_story.IsOrdered)
            Assert.Equal(_accepted.Order(), _begun.Concat(left));
        Assert.Equal(_unheard, _unhandled);
        var statistics = _stage.Statistics;
        Assert.Equal((_accepted.Count, _begun.Count), ((int)statistics.Accepted, (int)statistics.Completed));
        Assert.Equal(_items.Values.Count(state => state == "failed"), (int)statistics.Failed);
        Assert.Equal((0, 0, 0), (_stage.Length, _stage.Running, _stage.Waiting));
    }

    private TItem? Pick<TItem>(List<TItem> items)
        where TItem : class => items.Count == 0 ? null : items[_random.Next(items.Count)];

    private sealed record Call(int[] Items, Event Done);

    /// <summary>An offer that waits.</summary>
    private sealed partial class Wait(StoryRun run, int item) : IDisposable
    {
        private readonly Rendezvous<int> _wait = new();
        private Event<EnqueueOutcome> _outcome;

        [Tamed]
        public partial void Begin(Stage<int> stage, Event done);

        private void BeginBody(Stage<int> stage, Event done)
        {
            _outcome = mkevent(_wait, 1, out EnqueueOutcome outcome);
            stage.Enqueue(item, _outcome);
            try
            {
                twait(_wait, out int _);
                Assert.NotEqual(EnqueueOutcome.Full, outcome);
                run._items.Remove(item, out string? state);
                run.Note(item, outcome);
                if (state != "waits")
                    run._items[item] = state!;      // its call has ended before
            }
            catch (OperationCanceledException)
            {
                run._items[item] = "cancelled";
            }
            done.Trigger();
        }

        public void Dispose() => _wait.Dispose();

        public void Cancel()
        {
            if (_outcome.IsPending)
                _wait.Cancel();
        }
    }
}

/// <summary>The failure that a story wants.</summary>
internal sealed class PlannedException : Exception;

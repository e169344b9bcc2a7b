using CsCheck;

namespace Tame.Runtime.Tests.Timers;

/// <summary>Random sequences of operations, compared step by step with a plain list sorted by deadline and order of setting.</summary>
public sealed class TimerQueueModelTests
{
    // A step: what is done, a distance in time whose magnitude is as random as its value, and a choice among what is set.
    private static readonly Gen<(int Action, long Distance, int Choice)> s_step =
        Gen.Select(Gen.Int[0, 9], Gen.Select(Gen.Int[0, 45], Gen.Long[0, long.MaxValue]), Gen.Int[0, int.MaxValue])
            .Select((action, distance, choice) => (action, distance.Item2 & (1L << distance.Item1) - 1, choice));

    [Fact]
    public void A_queue_does_what_a_sorted_list_does() =>
        s_step.Array[0, 200].Sample(Compare, iter: 3_000);

    [Fact]
    public void A_crowded_queue_does_what_a_sorted_list_does() =>
        Gen.Select(Gen.Int[0, 9], Gen.Long[0, 100_000], Gen.Int[0, int.MaxValue])
            .Array[500, 1_500].Sample(Compare, iter: 200);

    private static void Compare((int Action, long Distance, int Choice)[] steps)
    {
        var pair = new Pair();
        foreach ((int action, long distance, int choice) in steps)
        {
            switch (action)
            {
                case <= 3: pair.Set(pair.Now + distance); break;
                case 4: pair.SetAgain(choice); break;
                case 5: pair.Set(pair.Now - distance); break;
                case 6: pair.Cancel(choice); break;
                case 7: pair.CancelStale(choice); break;
                case 8: pair.PopUntil(pair.Now + distance); break;
                default: pair.PopOne(pair.Now); break;
            }
            pair.CheckState();
        }
        pair.PopUntil(long.MaxValue);
        pair.CheckState();
    }

    /// <summary>The queue and its model.</summary>
    private sealed class Pair
    {
        private readonly TimerQueue<int> _queue = new();
        private readonly List<(long Due, int Name, TimerNode Node)> _model = [];
        private readonly List<TimerNode> _stale = [];
        private int _names;

        public long Now { get; private set; }

        public void Set(long due)
        {
            int name = _names++;
            TimerNode node = _queue.Add(due, name);
            int place = _model.FindIndex(timer => timer.Due > due);
            _model.Insert(place < 0 ? _model.Count : place, (due, name, node));
        }

        public void SetAgain(int choice)
        {
            if (_model.Count > 0)
                Set(_model[choice % _model.Count].Due);
        }

        public void Cancel(int choice)
        {
            if (_model.Count == 0)
                return;
            TimerNode node = _model[choice % _model.Count].Node;
            _queue.Remove(node, out _);
            _model.RemoveAt(choice % _model.Count);
            _stale.Add(node);
        }

        public void CancelStale(int choice)
        {
            if (_stale.Count > 0)
                _queue.Remove(_stale[choice % _stale.Count], out _);
        }

        public void PopUntil(long now)
        {
            while (PopOne(now))
            {
            }
        }

        public bool PopOne(long now)
        {
            Now = now;
            bool due = _model.Count > 0 && _model[0].Due <= now;
            Assert.Equal(due, _queue.TryPopDue(now, out int name));
            if (!due)
                return false;
            Assert.Equal(_model[0].Name, name);
            _stale.Add(_model[0].Node);
            _model.RemoveAt(0);
            return true;
        }

        public void CheckState()
        {
            Assert.Equal(_model.Count, _queue.Count);
            Assert.Equal(_model.Count > 0 ? _model[0].Due : null, _queue.NextDue);
        }
    }
}

using System.Runtime.CompilerServices;
using CsCheck;

namespace Tame.Runtime.Tests.Timers;

/// <summary>Random sequences of operations, compared step by step with a plain list sorted by deadline and order of setting.</summary>
public sealed class TimerQueueModelTests
{
    // A step: what is done, a distance in time whose magnitude is as random as its value, and a choice among what is set.
    private static readonly Gen<(int Action, long Distance, int Choice)> s_step =
        Gen.Select(Gen.Int[0, 9], Gen.Select(Gen.Int[0, 45], Gen.Long[0, long.MaxValue]), Gen.Int[0, int.MaxValue])
            .Select((action, distance, choice) => (action, distance.Item2 & (1L << distance.Item1) - 1, choice));

    // A step with many timers: how many, and within how many ticks they lie. A slot that holds them has several chunks.
    private static readonly Gen<(int Action, long Distance, int Choice, int Count, int Width)> s_burst =
        Gen.Select(Gen.Int[0, 9], Gen.Select(Gen.Int[0, 26], Gen.Long[0, long.MaxValue]), Gen.Int[0, int.MaxValue], Gen.Int[1, 150], Gen.Int[0, 20])
            .Select((action, distance, choice, count, width) => (action, distance.Item2 & (1L << distance.Item1) - 1, choice, count, 1 << width));

    [Fact]
    public void A_queue_does_what_a_sorted_list_does() =>
        s_step.Array[0, 200].Sample(Compare, iter: 3_000);

    [Fact]
    public void A_crowded_queue_does_what_a_sorted_list_does() =>
        Gen.Select(Gen.Int[0, 9], Gen.Long[0, 100_000], Gen.Int[0, int.MaxValue])
            .Array[500, 1_500].Sample(Compare, iter: 200);

    [Fact]
    public void An_intake_does_what_two_lists_do() =>
        s_burst.Array[0, 60].Sample(CompareIntakes, iter: 1_000);

    [Fact]
    public void Slots_of_many_chunks_do_what_a_sorted_list_does() =>
        s_burst.Array[0, 40].Sample(CompareBursts, iter: 1_000);

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
                case 6: pair.Cancel(choice, 1); break;
                case 7: pair.CheckStale(choice); break;
                case 8: pair.PopUntil(pair.Now + distance); break;
                default: pair.PopOne(pair.Now); break;
            }
            pair.CheckState();
        }
        pair.PopUntil(long.MaxValue);
        pair.CheckState();
    }

    private static void CompareBursts((int Action, long Distance, int Choice, int Count, int Width)[] steps)
    {
        var pair = new Pair();
        foreach ((int action, long distance, int choice, int count, int width) in steps)
        {
            switch (action)
            {
                case <= 2: pair.SetMany(pair.Now + distance, count, width); break;
                case 3: pair.SetMany(pair.Now + distance, count, 1); break;
                case 4: pair.SetMany(pair.Now - distance, count, width); break;
                case <= 6: pair.Cancel(choice, count); break;
                case 7: pair.CancelEverySecond(choice, count); break;
                case 8: pair.PopUntil(pair.Now + distance); break;
                default: pair.PopSome(pair.Now + distance, count); break;
            }
            pair.CheckState();
        }
        pair.PopUntil(long.MaxValue);
        pair.CheckState();
    }

    private static void CompareIntakes((int Action, long Distance, int Choice, int Count, int Width)[] steps)
    {
        var pair = new Pair();
        foreach ((int action, long distance, int choice, int count, int width) in steps)
        {
            switch (action)
            {
                case <= 2: pair.SetUndated(distance, count, width); break;
                case 3: pair.SetMany(pair.Now + distance, count, width); break;
                case 4: pair.CancelUndated(choice, count, step: 1); break;
                case 5: pair.CancelUndated(choice, count, step: 2); break;
                case 6: pair.Cancel(choice, count); break;
                case 7: pair.Date(distance >> 3); break;
                case 8: pair.PopUntil(pair.Now + distance); break;
                default: pair.PopSome(pair.Now + distance, count); break;
            }
            pair.CheckState();
        }
        pair.Date(0);
        pair.PopUntil(long.MaxValue);
        pair.CheckState();
    }

    /// <summary>The queue and its model.</summary>
    private sealed class Pair
    {
        private readonly TimerQueue<int> _queue = new();
        private readonly List<(long Due, int Name, int Index)> _model = [];
        private readonly List<(long Delay, int Name, int Index)> _undated = [];
        private readonly List<(int Name, int Index)> _stale = [];
        private int _names;

        public long Now { get; private set; }

        public void Set(long due)
        {
            int name = ++_names;
            Insert(due, name, _queue.Add(due, name));
        }

        public void SetUndated(long delay, int count, int width)
        {
            for (int i = 0; i < count; i++)
            {
                int name = ++_names;
                long length = delay + i * 7919 % width;
                _queue.AddUndated(length, out int index) = name;
                _undated.Add((length, name, index));
            }
        }

        /// <summary>A little time passes, and all that wait for their deadlines get them.</summary>
        public void Date(long passed)
        {
            Now += passed;
            long earliest = _undated.Count == 0 ? long.MaxValue : Now + _undated.Min(timer => timer.Delay);
            Assert.Equal(earliest, _queue.Date(Now));
            foreach (var (delay, name, index) in _undated)
                Insert(Now + delay, name, index);
            _undated.Clear();
        }

        public void CancelUndated(int choice, int count, int step)
        {
            int first = _undated.Count == 0 ? 0 : choice % _undated.Count;
            foreach (var timer in _undated.Skip(first).Where((_, i) => i % step == 0).Take(count).ToList())
            {
                Assert.Equal(timer.Name, _queue.At(timer.Index));
                _queue.RemoveAt(timer.Index);
                _undated.Remove(timer);
                _stale.Add((timer.Name, timer.Index));
            }
        }

        public void SetAgain(int choice)
        {
            if (_model.Count > 0)
                Set(_model[choice % _model.Count].Due);
        }

        public void SetMany(long due, int count, int width)
        {
            for (int i = 0; i < count; i++)
                Set(due + i * 7919 % width);
        }

        /// <summary>Cancels some that were set one after the other, and so stand one after the other: at the head of a slot, inside it or at its end.</summary>
        public void Cancel(int choice, int count) => Cancel(InOrderOfSetting(choice).Take(count));

        /// <summary>Leaves gaps, and looks at the queue in between, which may sort a slot.</summary>
        public void CancelEverySecond(int choice, int count)
        {
            foreach (var timer in InOrderOfSetting(choice).Where((_, i) => i % 2 == 0).Take(count).ToList())
            {
                Cancel([timer]);
                CheckState();
            }
        }

        /// <summary>A timer that left is not found, whatever has its place now.</summary>
        public void CheckStale(int choice)
        {
            if (_stale.Count == 0)
                return;
            (int name, int index) = _stale[choice % _stale.Count];
            ref int found = ref _queue.At(index);
            Assert.True(Unsafe.IsNullRef(ref found) || found != name);
        }

        public void PopSome(long now, int count)
        {
            while (count-- > 0 && PopOne(now))
            {
            }
        }

        public void PopUntil(long now) => PopSome(now, int.MaxValue);

        public bool PopOne(long now)
        {
            Now = now;
            bool due = _model.Count > 0 && _model[0].Due <= now;
            CheckPeeked(now);
            Assert.Equal(due, _queue.TryPopDue(now, out int name));
            if (!due)
                return false;
            Assert.Equal(_model[0].Name, name);
            _stale.Add((name, _model[0].Index));
            _model.RemoveAt(0);
            return true;
        }

        public void CheckState()
        {
            Assert.Equal(_model.Count + _undated.Count, _queue.Count);
            Assert.Equal(_undated.Count != 0, _queue.HasUndated);
            Assert.Equal(_model.Count > 0 ? _model[0].Due : null, _queue.NextDue);
            CheckStale(_names);
        }

        private void Insert(long due, int name, int index)
        {
            int place = _model.FindIndex(timer => timer.Due > due);
            _model.Insert(place < 0 ? _model.Count : place, (due, name, index));
        }

        private List<(long Due, int Name, int Index)> InOrderOfSetting(int choice) =>
            [.. _model.OrderBy(timer => timer.Name).Skip(_model.Count == 0 ? 0 : choice % _model.Count)];

        private void Cancel(IEnumerable<(long Due, int Name, int Index)> timers)
        {
            foreach (var timer in timers)
            {
                Assert.Equal(timer.Name, _queue.At(timer.Index));
                _queue.RemoveAt(timer.Index);
                _model.Remove(timer);
                _stale.Add((timer.Name, timer.Index));
            }
        }

        /// <summary>What the queue shows of its future comes next, in that order.</summary>
        private void CheckPeeked(long now)
        {
            int next = 0;
            foreach (TimerEntry entry in _queue.PeekDue(now))
            {
                if (entry.IsSet)
                    Assert.Equal(_model[next++].Name, _queue.At(entry.Node));
            }
            Assert.Equal(_model.Count > 0 && _model[0].Due <= now, next > 0);
            Assert.True(next == 0 || _model[next - 1].Due <= now);
        }
    }
}

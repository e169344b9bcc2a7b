using System.Collections.Concurrent;
using CsCheck;

namespace Tame.Stages.Tests.Model;

/// <summary>Several producers on threads, a stage of any kind, failing handlers, and a stop in mid-flight: each item that was accepted is handled once or handed back.</summary>
public sealed partial class ThreadModelTests
{
    private const int Producers = 3;
    private const int Keys = 5;

    internal enum Kind
    {
        OneLoop,
        TwoLoops,
        TwoLoopsInBatches,
        Threads,
        ThreadsInBatches,
    }

    private static readonly Gen<Kind> s_kind = Gen.Enum<Kind>();

    [Fact]
    public void No_item_is_lost_or_handled_twice_between_threads() =>
        Gen.Select(s_kind, Gen.Bool, Gen.Int[1, 40], Gen.Int[1, 4], Gen.Int[0, 600], Gen.Bool).Sample(
            (kind, isOrdered, capacity, most, stopAfter, atOnce) => new Flight(kind, isOrdered, capacity, most).Run(stopAfter, atOnce), iter: 100, threads: 1);

    private sealed partial class Flight : IDisposable
    {
        private const int Items = 300;
        private readonly bool _isOrdered;
        private readonly Loops.Running _one = new();
        private readonly Loops.Running _two = new();
        private readonly Stage<int> _stage;
        private readonly ConcurrentQueue<int> _begun = new();
        private readonly ConcurrentBag<int> _accepted = [];
        private readonly int[] _underWay = new int[Keys];
        private int _told;
        private int _failed;
        private int _offered;
        private volatile string? _wrong;

        public Flight(Kind kind, bool isOrdered, int capacity, int most)
        {
            _isOrdered = isOrdered;
            var options = new StageOptions<int> { Capacity = capacity, BatchSize = 4, OrderBy = isOrdered ? StageOrder.By((int item) => item % Keys) : null };
            _stage = kind switch
            {
                Kind.OneLoop => Stage.OnLoop<int>("s", Handle, options with { MaxConcurrency = most, Loops = [_one.Loop] }),
                Kind.TwoLoops => Stage.OnLoop<int>("s", Handle, options with { MaxConcurrency = most, Loops = [_one.Loop, _two.Loop] }),
                Kind.TwoLoopsInBatches => Stage.OnLoopInBatches<int>("s", HandleBatch, options with { MaxConcurrency = most, Loops = [_one.Loop, _two.Loop] }),
                Kind.Threads => Stage.OnThreads<int>("s", HandlePlain, options with { Threads = most }),
                _ => Stage.OnThreadsInBatches<int>("s", batch => HandleAll([.. batch]), options with { Threads = most }),
            };
        }

        public void Dispose()
        {
            _one.Dispose();
            _two.Dispose();
        }

        public void Run(int stopAfter, bool atOnce)
        {
            using (this)
            {
                var producers = Enumerable.Range(0, Producers).Select(number => new Thread(() => Produce(number))).ToList();
                var waiting = _two.Loop.InvokeAsync(done => OfferAndWait(done));
                producers.ForEach(producer => producer.Start());
                SpinWait.SpinUntil(() => Volatile.Read(ref _offered) >= stopAfter, Loops.Hang);
                var stop = _stage.StopAsync(atOnce ? TimeSpan.Zero : Timeout.InfiniteTimeSpan);
                Assert.True(stop.Wait(Loops.Hang), "The stage did not stop.");
                producers.ForEach(producer => Assert.True(producer.Join(Loops.Hang)));
                Assert.True(waiting.Wait(Loops.Hang), "An offer waits forever.");
                Assert.True(SpinWait.SpinUntil(() => _stage.Running == 0, Loops.Hang), "A call never ends.");
                var left = stop.Result;
                Assert.Null(_wrong);
                Assert.Equal(_accepted.Order(), _begun.Concat(left).Order());
                if (!atOnce)
                    Assert.Empty(left);
                Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref _told) == _accepted.Count, Loops.Hang), $"Of {_accepted.Count} items {_told} were told of.");
                Assert.Equal(_begun.Count(item => item % 7 == 0), _failed);
                CheckOrder(left);
            }
        }

        private void CheckOrder(IReadOnlyList<int> left)
        {
            if (!_isOrdered)
                return;
            var order = _begun.Concat(left).ToList();
            for (int producer = 0; producer <= Producers; producer++)
            {
                for (int key = 0; key < Keys; key++)
                {
                    var own = order.Where(item => item / Items == producer && item % Keys == key).ToList();
                    Assert.Equal(own.Order(), own);
                }
            }
        }

        private void Produce(int number)
        {
            for (int i = 0; i < Items - 1; i++)
            {
                int item = number * Items + i;
                while (true)
                {
                    var outcome = Offer(item);
                    if (outcome == EnqueueOutcome.Accepted)
                        _accepted.Add(item);
                    if (outcome != EnqueueOutcome.Full)
                        break;
                    Thread.Yield();
                }
                if (_stage.IsStopping && i % 50 != 0)
                    break;
            }
        }

        /// <summary>An event of a loop for each item, so that we see that it completes.</summary>
        private EnqueueOutcome Offer(int item)
        {
            Interlocked.Increment(ref _offered);
            if (item % 2 == 0)
                return OfferFromHere(item);
            var source = new TaskCompletionSource<EnqueueOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
            _one.Loop.Post(() => OfferOn(item, source, Event.Detached));
            return source.Task.Result;
        }

        private EnqueueOutcome OfferFromHere(int item)
        {
            var outcome = _stage.TryEnqueue(item, Event.Ignored);
            if (outcome == EnqueueOutcome.Accepted)
                Interlocked.Increment(ref _told);
            return outcome;
        }

        [Tamed]
        private partial void OfferOn(int item, TaskCompletionSource<EnqueueOutcome> outcome, Event done);

        private void OfferOnBody(int item, TaskCompletionSource<EnqueueOutcome> outcome, Event done)
        {
            using var r = new Rendezvous();
            var e = mkevent(r);
            var told = _stage.TryEnqueue(item, e);
            outcome.SetResult(told);
            if (told == EnqueueOutcome.Accepted)
            {
                twait(r, out Exception? error);
                if (error is null or PlannedException or OperationCanceledException)
                    Interlocked.Increment(ref _told);
            }
            else
            {
                e.Trigger();
            }
            done.Trigger();
        }

        [Tamed]
        private partial void OfferAndWait(Event done);

        private void OfferAndWaitBody(Event done)
        {
            for (int i = 0; i < Items; i++)
            {
                int item = Producers * Items + i;
                bool hurries = i % 5 == 0;
                using var r = new Rendezvous<int>();
                var e = mkevent(r, 1, out EnqueueOutcome outcome);
                var handled = mkevent(r, 2);
                _stage.Enqueue(item, handled, e);
                if (hurries)
                    e.Fail(new PlannedException());
                twait(r, out int id, out Exception? error);
                if (id == 2)
                    twait(r, out id, out error);
                if (error is not null)
                {
                    handled.Trigger();
                    continue;
                }
                if (outcome != EnqueueOutcome.Accepted)
                    break;
                _accepted.Add(item);
                Interlocked.Increment(ref _told);
            }
            done.Trigger();
        }

        private void Note(int item, int change)
        {
            if (_isOrdered && Interlocked.Add(ref _underWay[item % Keys], change) > 1)
                _wrong = "Two items of a key are under way at once.";
        }

        [Tamed]
        private partial void Handle(int item, Event done);

        private void HandleBody(int item, Event done)
        {
            _begun.Enqueue(item);
            Note(item, 1);
            if (item % 3 == 0)
                twait(e => asap(e));
            Note(item, -1);
            if (item % 7 == 0)
            {
                Interlocked.Increment(ref _failed);
                throw new PlannedException();
            }
            done.Trigger();
        }

        [Tamed]
        private partial void HandleBatch(StageBatch<int> batch, Event done);

        private void HandleBatchBody(StageBatch<int> batch, Event done)
        {
            for (int i = 0; i < batch.Count; i++)
            {
                _begun.Enqueue(batch[i]);
                Note(batch[i], 1);
            }
            twait(e => asap(e));
            for (int i = 0; i < batch.Count; i++)
            {
                Note(batch[i], -1);
                if (batch[i] % 7 != 0)
                    continue;
                Interlocked.Increment(ref _failed);
                batch.Fail(i, new PlannedException());
            }
            done.Trigger();
        }

        private void HandlePlain(int item)
        {
            HandleAll([item]);
            if (item % 7 == 0)
                throw new PlannedException();
        }

        private void HandleAll(int[] items)
        {
            foreach (int item in items)
            {
                _begun.Enqueue(item);
                Note(item, 1);
                if (item % 7 == 0)
                    Interlocked.Increment(ref _failed);
                Note(item, -1);
            }
        }
    }
}

namespace Tame.Stages.Tests.Sockets;

public sealed partial class TwoQueuesTests
{
    private const int Capacity = 100;
    private const int Flood = 1000;
    private static readonly TimeSpan s_timeout = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(1);

    [Fact]
    public void A_flood_of_requests_does_not_starve_what_is_ready() => Loops.Run(RequestFlood);

    [Fact]
    public void A_flood_of_what_is_ready_does_not_starve_requests() => Loops.Run(ReadyFlood);

    [Fact]
    public void Other_calls_of_the_loop_go_on_between_turns() => Loops.Run(Between);

    [Fact]
    public void Where_the_clock_stands_still_a_turn_is_limited_by_number() => Loops.Run(Counted);

    [Fact]
    public void A_flood_takes_no_virtual_time_and_does_not_keep_a_timer_back_that_is_due() => Loops.Run(Timed);

    [Fact]
    public void A_request_is_refused_where_the_queue_is_full_and_when_the_stage_stops() => Loops.Run(Refused);

    [Fact]
    public void There_are_as_many_places_as_may_be_ready() => Loops.Run(done =>
    {
        var work = new Work();
        Assert.Equal(Capacity, Enumerable.Range(0, Capacity + 50).Count(_ => work.Queues.TryReserve()));
        work.Queues.Release();
        Assert.True(work.Queues.TryReserve());
        Assert.False(work.Queues.TryReserve());
        done.Trigger();
    });

    [Fact]
    public void Requests_of_other_threads_are_each_served_once_in_the_order_of_their_thread() => Loops.Run(Threads);

    [Tamed]
    private static partial void RequestFlood(Event done);

    private static void RequestFloodBody(Event done)
    {
        var work = new Work();
        work.OnRequest = number => work.RequestNext(number);
        work.Queues.TryRequest(1);
        work.Queues.AddReady(7);
        twait(e => Rig.Settle(e));
        Assert.Equal("ready 7", work.Log[10]);
        Assert.Equal(Flood / 10, work.Queues.Turns);
        Assert.Equal(Flood / 10 - 1, work.Queues.CutShort);
        done.Trigger();
    }

    [Tamed]
    private static partial void ReadyFlood(Event done);

    private static void ReadyFloodBody(Event done)
    {
        var work = new Work();
        work.OnReady = number =>
        {
            if (number == 1)
                work.Queues.TryRequest(7);
            if (number < Flood)
                work.Queues.AddReady(number + 1);
        };
        work.Queues.AddReady(1);
        twait(e => Rig.Settle(e));
        Assert.Equal("request 7", work.Log[10]);
        Assert.Equal(Flood / 10, work.Queues.Turns);
        done.Trigger();
    }

    [Tamed]
    private static partial void Between(Event done);

    private static void BetweenBody(Event done)
    {
        var work = new Work();
        var turns = new List<long>();
        for (int i = 0; i < Capacity; i++)
            work.Queues.TryRequest(i);
        while (work.Log.Count < Capacity)
        {
            twait(e => asap(e));
            turns.Add(work.Queues.Turns);
        }
        Assert.Equal(Enumerable.Range(1, 10).Select(turn => (long)turn), turns.Distinct());
        done.Trigger();
    }

    [Tamed]
    private static partial void Counted(Event done);

    private static void CountedBody(Event done)
    {
        var work = new Work { Cost = TimeSpan.Zero };
        work.OnRequest = number => work.RequestNext(number);
        work.Queues.TryRequest(1);
        work.Queues.AddReady(7);
        twait(e => Rig.Settle(e));
        Assert.Equal("ready 7", work.Log[Capacity]);
        done.Trigger();
    }

    [Tamed]
    private static partial void Timed(Event done);

    private static void TimedBody(Event done)
    {
        var time = EventLoop.Current!.TimeProvider;
        long start = time.GetTimestamp();
        var work = new Work();
        work.OnRequest = number => work.RequestNext(number);
        work.Queues.TryRequest(1);
        twait(e => timer(TimeSpan.Zero, e));
        Assert.Equal(start, time.GetTimestamp());
        Assert.InRange(work.Log.Count, 1, Flood / 2);
        twait(e => timer(TimeSpan.FromTicks(1), e));    // time goes on when the flood is over
        Assert.Equal(Flood, work.Log.Count);
        done.Trigger();
    }

    [Tamed]
    private static partial void Refused(Event done);

    private static void RefusedBody(Event done)
    {
        var work = new Work();
        for (int i = 0; i < Capacity; i++)
            Assert.Equal(EnqueueOutcome.Accepted, work.Queues.TryRequest(i));
        Assert.Equal(EnqueueOutcome.Full, work.Queues.TryRequest(Capacity));
        work.Queues.Close();
        Assert.Equal(EnqueueOutcome.Stopping, work.Queues.TryRequest(Capacity + 1));
        twait(e => Rig.Settle(e));
        Assert.Equal(Enumerable.Range(0, Capacity).Select(number => $"request {number}"), work.Log);
        Assert.Equal((Capacity, Capacity, 1, 1), work.Queues.Counts);
        done.Trigger();
    }

    [Tamed]
    private static partial void Threads(Event done);

    private static void ThreadsBody(Event done)
    {
        var work = new Work { Cost = TimeSpan.Zero };
        var served = new List<int>();
        work.OnRequest = served.Add;
        twait(Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            for (int i = 0; i < 5000; i++)
            {
                while (work.Queues.TryRequest(thread * 5000 + i) != EnqueueOutcome.Accepted)
                    Thread.Yield();
            }
        }))));
        twait(e => Rig.Settle(e));
        for (int thread = 0; thread < 4; thread++)
            Assert.Equal(Enumerable.Range(thread * 5000, 5000), served.Where(number => number / 5000 == thread));
        Assert.Equal(20_000, served.Count);
        done.Trigger();
    }

    private sealed class Work : ITurn<int, int>
    {
        private readonly StepClock _clock = new();

        public Work() => Queues = new TwoQueues<int, int>(EventLoop.Current!, new TurnOptions(Capacity, Capacity, s_timeout, _clock), this);

        public TwoQueues<int, int> Queues { get; }

        public List<string> Log { get; } = [];

        /// <summary>How long it takes to serve something.</summary>
        public TimeSpan Cost { get; init; } = s_step;

        public Action<int> OnRequest { get; set; } = _ => { };

        public Action<int> OnReady { get; set; } = _ => { };

        public bool MayBegin => true;

        /// <summary>A flood: each request asks for the next.</summary>
        public void RequestNext(int number)
        {
            if (number < Flood)
                Queues.TryRequest(number + 1);
        }

        public void Serve(int request)
        {
            Log.Add($"request {request}");
            _clock.Step(Cost);
            OnRequest(request);
        }

        public void ServeReady(int ready)
        {
            Log.Add($"ready {ready}");
            _clock.Step(Cost);
            OnReady(ready);
        }

        public void Ended()
        {
        }
    }
}

namespace Tame.Language.Tests.Programs;

/// <summary>Programs as users write them, under virtual time.</summary>
public sealed partial class ProgramTests
{
    [Fact]
    public void A_producer_and_a_consumer_share_a_bounded_buffer() => Assert.Equal("1 2 3 4 5 6 peak:2", Trace.Of(Buffered));

    private sealed class Buffer
    {
        private readonly Queue<int> _items = new();
        private Event _changed;

        public int Peak { get; private set; }

        public int Count => _items.Count;

        public void Add(int item)
        {
            _items.Enqueue(item);
            Peak = Math.Max(Peak, _items.Count);
            _changed.Trigger();
        }

        public int Take()
        {
            var item = _items.Dequeue();
            _changed.Trigger();
            return item;
        }

        public void WhenChanged(Event e) => _changed = e;
    }

    [Tamed] private static partial void Buffered(Trace trace, Event done);

    private static void BufferedBody(Trace trace, Event done)
    {
        var buffer = new Buffer();
        using (twait())
        {
            Produce(buffer, mkevent());
            Consume(trace, buffer, mkevent());
        }

        trace.Add("peak:" + buffer.Peak);
        done.Trigger();
    }

    [Tamed] private static partial void Produce(Buffer buffer, Event done);

    private static void ProduceBody(Buffer buffer, Event done)
    {
        for (var i = 1; i <= 6; i++)
        {
            while (buffer.Count == 2) using (twait()) buffer.WhenChanged(mkevent());
            buffer.Add(i);
            if (i % 2 == 0) using (twait()) timer(TimeSpan.FromSeconds(1), mkevent());
        }

        done.Trigger();
    }

    [Tamed] private static partial void Consume(Trace trace, Buffer buffer, Event done);

    private static void ConsumeBody(Trace trace, Buffer buffer, Event done)
    {
        for (var taken = 0; taken < 6; taken++)
        {
            while (buffer.Count == 0) using (twait()) buffer.WhenChanged(mkevent());
            trace.Add(buffer.Take());
            using (twait()) timer(TimeSpan.FromSeconds(3), mkevent());
        }

        done.Trigger();
    }

    [Fact]
    public void A_retry_backs_off_until_it_succeeds_or_gives_up() => Assert.Equal("ok after 7s gave up after 31s: try 5", Trace.Of(Retries));

    [Tamed] private static partial void Retries(Trace trace, Event done);

    private static void RetriesBody(Trace trace, Event done)
    {
        var clock = EventLoop.Current!.TimeProvider;
        foreach (var failures in new[] { 3, 99 })
        {
            var began = clock.GetTimestamp();
            try
            {
                using (twait()) Retry(failures, mkevent());
                trace.Add($"ok after {clock.GetElapsedTime(began).TotalSeconds}s");
            }
            catch (IOException e)
            {
                trace.Add($"gave up after {clock.GetElapsedTime(began).TotalSeconds}s: {e.Message}");
            }
        }

        done.Trigger();
    }

    [Tamed] private static partial void Retry(int failures, Event done);

    private static void RetryBody(int failures, Event done)
    {
        var delay = TimeSpan.FromSeconds(1);
        for (var attempt = 0; ; attempt++, delay *= 2)
        {
            try
            {
                using (twait()) Attempt(attempt, failures, mkevent());
                break;
            }
            catch (IOException) when (attempt < 5)
            {
            }

            using (twait()) timer(delay, mkevent());
        }

        done.Trigger();
    }

    [Tamed] private static partial void Attempt(int attempt, int failures, Event done);

    private static void AttemptBody(int attempt, int failures, Event done)
    {
        using (twait()) asap(mkevent());
        if (attempt < failures) throw new IOException("try " + attempt);
        done.Trigger();
    }

    [Fact]
    public void Fetches_run_in_a_window_and_the_slow_ones_time_out() => Assert.Equal("a:1 c:3 b:timeout d:4 8s", Trace.Of(Fetches));

    [Tamed] private static partial void Fetches(Trace trace, Event done);

    private static void FetchesBody(Trace trace, Event done)
    {
        var clock = EventLoop.Current!.TimeProvider;
        var began = clock.GetTimestamp();
        (string Name, int Seconds)[] jobs = [("a", 1), ("b", 99), ("c", 3), ("d", 4)];
        var results = new int[jobs.Length];
        var rendezvous = new Rendezvous<int>();
        for (int next = 0, running = 0; next < jobs.Length || running > 0;)
        {
            for (; running < 2 && next < jobs.Length; running++, next++)
                Fetch(jobs[next], mkevent(rendezvous, next, out results[next]));
            twait(rendezvous, out int finished, out var error);
            running--;
            trace.Add($"{jobs[finished].Name}:{(error is TimeoutException ? "timeout" : results[finished])}");
        }

        trace.Add($"{clock.GetElapsedTime(began).TotalSeconds}s");
        done.Trigger();
    }

    [Tamed] private static partial void Fetch((string Name, int Seconds) job, Event<int> done);

    private static void FetchBody((string Name, int Seconds) job, Event<int> done)
    {
        using var race = new Rendezvous<bool>();
        timer(TimeSpan.FromSeconds(5), mkevent(race, false));
        timer(TimeSpan.FromSeconds(job.Seconds), mkevent(race, true));
        twait(race, out bool inTime);
        if (!inTime) throw new TimeoutException(job.Name);
        done.Trigger(job.Seconds);
    }
}

namespace Tame.Stages.Tests.Controlling;

public sealed partial class ControllerTests
{
    [Fact]
    public void A_batch_controller_is_asked_each_period_of_virtual_time_and_obeyed() => Loops.Run(Batched);

    [Fact]
    public void A_refusal_of_the_admission_controller_is_told_with_the_time_to_come_again() => Loops.Run(Refused);

    [Fact]
    public void The_admission_controller_learns_of_each_response_time_with_its_class() => Loops.Run(Observed);

    [Fact]
    public void A_controller_that_throws_is_reported_and_the_stage_goes_on() => Loops.Run(Throwing);

    [Fact]
    public void A_pool_controller_sets_the_number_of_threads() => Loops.Run(Pooled);

    [Fact]
    public void Options_of_another_kind_of_stage_are_refused() => Loops.Run(done =>
    {
        Assert.Contains("MaxConcurrency is not for such a stage. Set Threads.", Assert.Throws<ArgumentException>(() => Stage.OnThreads<int>("s", _ => { }, new() { MaxConcurrency = 2 })).Message, StringComparison.Ordinal);
        Assert.Contains("Threads is not", Assert.Throws<ArgumentException>(() => Stage.OnLoop<int>("s", (_, _) => { }, new() { Threads = 2 })).Message, StringComparison.Ordinal);
        Assert.Contains("Batching is not", Assert.Throws<ArgumentException>(() => Stage.OnLoop<int>("s", (_, _) => { }, new() { Batching = new Batching(_ => 1) })).Message, StringComparison.Ordinal);
        done.Trigger();
    });

    [Tamed]
    private static partial void Batched(Event done);

    private static void BatchedBody(Event done)
    {
        var controller = new Batching(samples => samples);
        var stage = Stage.OnLoopInBatches<int>("s", SlowBatch, new() { BatchSize = 8, Batching = controller, Capacity = 10 });
        for (int i = 0; i < 13; i++)
            stage.TryEnqueue(i);
        twait(e => timer(TimeSpan.FromSeconds(2.5), e));
        Assert.Equal(2, stage.BatchSize);
        var first = controller.Samples[0];
        Assert.Equal((1, 1), (first.Now.TotalSeconds, first.Elapsed.TotalSeconds));
        Assert.Equal((10, 0, 3, 2, 10, 8), (first.Arrivals, first.Completed, first.Refused, first.QueueLength, first.Capacity, first.BatchSize));
        Assert.Equal((1, 0), (first.Threads, first.IdleThreads));
        var second = controller.Samples[1];
        Assert.Equal((2, 1, 0, 8, 0, 1), (second.Now.TotalSeconds, second.Elapsed.TotalSeconds, second.Arrivals, second.Completed, second.Refused, second.BatchSize));
        twait(e => stage.Stop(TimeSpan.Zero, e));
        int asked = controller.Samples.Count;
        twait(e => timer(TimeSpan.FromSeconds(9), e));
        Assert.Equal(asked, controller.Samples.Count);
        done.Trigger();
    }

    [Tamed]
    private static partial void Refused(Event done);

    private static void RefusedBody(Event done)
    {
        var admission = new Admission { Tokens = 2 };
        var held = new Held();
        var stage = Stage.OnLoop<int>("s", held.Handle, new() { Admission = admission });
        stage.TryEnqueue(1);
        twait(e => stage.Enqueue(2, e), out EnqueueOutcome outcome);
        Assert.Equal(EnqueueOutcome.Accepted, outcome);
        Assert.Equal(EnqueueOutcome.Overloaded, stage.TryEnqueue(3));
        twait(e => stage.Enqueue(4, e), out outcome);
        Assert.Equal(EnqueueOutcome.Overloaded, outcome);
        Assert.Equal(TimeSpan.FromSeconds(7), stage.RetryAfter());
        Assert.Equal(2, stage.Statistics.RefusedOverloaded);
        held.EndAll();
        done.Trigger();
    }

    [Tamed]
    private static partial void Observed(Event done);

    private static void ObservedBody(Event done)
    {
        var admission = new Admission { Tokens = 9 };
        var stage = Stage.OnLoop<int>("s", Slow, new() { Admission = admission, RequestClass = item => item * 10 });
        for (int i = 1; i <= 3; i++)
            stage.TryEnqueue(i, Event.Ignored);
        twait(e => timer(TimeSpan.FromSeconds(5), e));
        Assert.Equal(["10: 1 s at 1 s", "20: 2 s at 2 s", "30: 3 s at 3 s"], admission.Observed);
        done.Trigger();
    }

    [Tamed]
    private static partial void Throwing(Event done);

    private static void ThrowingBody(Event done)
    {
        var errors = new List<string>();
        EventLoop.Current!.UnhandledException += (_, e) =>
        {
            errors.Add(e.Exception.Message);
            e.Handled = true;
        };
        var stage = Stage.OnLoopInBatches<int>("s", SlowBatch, new() { Batching = new Batching(asked => asked == 1 ? throw new InvalidOperationException("broken") : 3) });
        twait(e => timer(TimeSpan.FromSeconds(1.5), e));
        Assert.Equal(["broken"], errors);
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        Assert.Equal(3, stage.BatchSize);
        done.Trigger();
    }

    [Tamed]
    private static partial void Pooled(Event done);

    private static void PooledBody(Event done)
    {
        using var gate = new ManualResetEventSlim();
        var pool = new Pool();
        var stage = Stage.OnThreads<int>("pool", _ => gate.Wait(), new() { ThreadPool = pool, TimeProvider = EventLoop.Current!.TimeProvider });
        pool.Wanted = 3;
        twait(e => timer(TimeSpan.FromSeconds(1.5), e));
        Assert.Equal(3, stage.Concurrency);
        pool.Wanted = 2;
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        Assert.Equal(1, pool.Samples[0].Threads);
        Assert.Equal((3, 3), (pool.Samples[1].Threads, pool.Samples[1].IdleThreads));
        Assert.Equal(1, pool.Samples[0].LongestIdle.TotalSeconds);
        Assert.Equal(2, pool.Samples[1].LongestIdle.TotalSeconds);
        while (stage.Concurrency != 2)
            twait(e => timer(TimeSpan.FromMilliseconds(10), e));
        twait(e => stage.Stop(TimeSpan.Zero, e));
        gate.Set();
        done.Trigger();
    }

    [Tamed]
    private static partial void Slow(int item, Event done);

    private static void SlowBody(int item, Event done)
    {
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        done.Trigger();
    }

    [Tamed]
    private static partial void SlowBatch(StageBatch<int> batch, Event done);

    private static void SlowBatchBody(StageBatch<int> batch, Event done)
    {
        twait(e => timer(TimeSpan.FromSeconds(1.25), e));
        done.Trigger();
    }

    private sealed class Batching(Func<int, int> size) : IBatchController
    {
        public List<StageSample> Samples { get; } = [];

        public TimeSpan Period => TimeSpan.FromSeconds(1);

        public int BatchSize(in StageSample sample)
        {
            Samples.Add(sample);
            return size(Samples.Count);
        }
    }

    private sealed class Pool : IThreadPoolController
    {
        public List<StageSample> Samples { get; } = [];

        public int Wanted { get; set; } = 1;

        public TimeSpan Period => TimeSpan.FromSeconds(1);

        public int Threads(in StageSample sample)
        {
            Samples.Add(sample);
            return Wanted;
        }
    }

    private sealed class Admission : IAdmissionController
    {
        public int Tokens { get; set; }

        public List<string> Observed { get; } = [];

        public bool TryAdmit(int requestClass, TimeSpan now) => Tokens-- > 0;

        public void Observe(int requestClass, TimeSpan responseTime, TimeSpan now) => Observed.Add($"{requestClass}: {responseTime.TotalSeconds} s at {now.TotalSeconds} s");

        public TimeSpan RetryAfter(int requestClass, TimeSpan now) => TimeSpan.FromSeconds(7);
    }
}

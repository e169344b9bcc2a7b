#pragma warning disable CA2012, CA2025 // tests hold tasks in variables
namespace Tame.Language.Tests.Everyday;

/// <summary><c>twait(task)</c> and <c>twait(task, out …)</c>.</summary>
public sealed partial class TaskTests
{
    [Fact]
    public void It_waits_for_each_kind_of_task() => Assert.Equal("task 1 value 2 dropped 3 text 5 6", Trace.Of(Kinds));

    [Tamed] private static partial void Kinds(Trace trace, Event done);

    private static void KindsBody(Trace trace, Event done)
    {
        twait(Later());
        trace.Add("task");
        twait(Later(1), out int one);
        trace.Add(one);
        twait(new ValueTask(Later()));
        trace.Add("value");
        twait(new ValueTask<int>(Later(2)), out var two);
        trace.Add(two);
        twait(new ValueTask<int>(Later(9)));
        twait(Later(9));
        trace.Add("dropped");
        twait(new ValueTask<int>(3), out int three);
        trace.Add(three);
        Task<string> text = Task.FromResult("text");
        twait(text, out string? word);
        trace.Add(word);
        twait(value: out var five, task: Later(5));
        trace.Add(five);
        twait(Later(6), out _);
        twait(Task.FromResult(new { Six = 6 }), out var unnamed);
        twait(Later());
        trace.Add(unnamed.Six);
        done.Trigger();
    }

    [Fact]
    public void A_completed_task_costs_no_trip_through_the_loop() => Assert.Equal("1 2 back resumed", Trace.Of(AtOnce));

    [Tamed] private static partial void AtOnce(Trace trace, Event done);

    private static void AtOnceBody(Trace trace, Event done)
    {
        twait(e =>
        {
            Inner(trace, e);
            trace.Add("back");
        });
        trace.Add("resumed");
        done.Trigger();
    }

    [Tamed] private static partial void Inner(Trace trace, Event done);

    private static void InnerBody(Trace trace, Event done)
    {
        twait(Task.CompletedTask);
        twait(Task.FromResult(1), out int one);
        trace.Add(one);
        twait(new ValueTask<int>(2), out int two);
        twait(default(ValueTask));
        trace.Add(two);
        twait(e => asap(e));
        done.Trigger();
    }

    [Fact]
    public void The_task_is_evaluated_before_the_place_of_its_result_unless_it_is_written_behind_it() => Assert.Equal("task0 i1 2 i2 task3 5", Trace.Of(Order));

    [Tamed] private static partial void Order(Trace trace, Event done);

    private static void OrderBody(Trace trace, Event done)
    {
        var numbers = new int[4];
        var i = 0;
        twait(Say(trace, $"task{i++}", 2), out numbers[Next(ref i, trace)]);
        trace.Add(numbers[1]);
        twait(value: out numbers[Next(ref i, trace)], task: Say(trace, $"task{i}", 5));
        trace.Add(numbers[2]);
        done.Trigger();
    }

    [Fact]
    public void The_result_goes_to_the_place_that_was_found_before_the_wait() => Assert.Equal("7 0 1 8 0", Trace.Of(new Owner().Places));

    private sealed partial class Owner
    {
        private static int s_number;

        private int[] _numbers = new int[2];

        [Tamed] public partial void Places(Trace trace, Event done);

        private void PlacesBody(Trace trace, Event done)
        {
            var numbers = _numbers;
            var i = 0;
            using (twait())
            {
                Replace(this, mkevent());
                twait(Later(7), out _numbers[i]);
            }

            trace.Add($"{numbers[0]} {_numbers[0]}");
            twait(Task.FromResult(1), out _numbers[i++]);
            twait(Later(8), out s_number);
            trace.Add($"{_numbers[0]} {s_number} {_numbers[1]}");
            done.Trigger();
        }

        [Tamed] private static partial void Replace(Owner owner, Event done);

        private static void ReplaceBody(Owner owner, Event done)
        {
            twait(e => asap(e));
            owner._numbers = new int[2];
            done.Trigger();
        }
    }

    [Fact]
    public void A_failed_task_throws_its_failure_whenever_it_fails() =>
        Assert.Equal("late bad early bad value bad cancelled TaskCanceledException cancelled OperationCanceledException 1", Trace.Of(Failures));

    [Tamed] private static partial void Failures(Trace trace, Event done);

    private static void FailuresBody(Trace trace, Event done)
    {
        var n = 1;
        Task[] tasks = [FailLater(), Task.FromException(new InvalidOperationException("early bad"))];
        foreach (var task in tasks)
        {
            try
            {
                twait(task);
                trace.Add("no");
            }
            catch (InvalidOperationException error)
            {
                trace.Add(error.Message);
            }
        }

        try
        {
            twait(new ValueTask<int>(Task.FromException<int>(new InvalidOperationException("value bad"))), out n);
            trace.Add("no");
        }
        catch (InvalidOperationException error)
        {
            trace.Add(error.Message);
        }

        try
        {
            twait(Task.FromCanceled<int>(new CancellationToken(canceled: true)), out n);
        }
        catch (OperationCanceledException error)
        {
            trace.Add($"cancelled {error.GetType().Name}");
        }

        try
        {
            twait(Task.Run(int () => throw new OperationCanceledException()), out n);
        }
        catch (OperationCanceledException error)
        {
            trace.Add($"cancelled {error.GetType().Name}");
        }

        trace.Add(n);
        done.Trigger();
    }

    [Fact]
    public void A_failure_outside_a_try_goes_to_the_event_parameters()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Trace.Of(Uncaught));
        Assert.Equal("early bad", error.Message);
    }

    [Tamed] private static partial void Uncaught(Trace trace, Event done);

    private static void UncaughtBody(Trace trace, Event done)
    {
        twait(Task.FromException(new InvalidOperationException("early bad")));
        trace.Add("no");
        done.Trigger();
    }

    [Fact]
    public void No_task_is_an_argument_error() => Assert.Equal("task task", Trace.Of(NoTask));

    [Tamed] private static partial void NoTask(Trace trace, Event done);

    private static void NoTaskBody(Trace trace, Event done)
    {
        Task none = null!;
        Task<int> noResult = null!;
        try
        {
            twait(none);
        }
        catch (ArgumentNullException error)
        {
            trace.Add(error.ParamName);
        }

        try
        {
            twait(noResult, out int _);
        }
        catch (ArgumentNullException error)
        {
            trace.Add(error.ParamName);
        }

        twait(e => asap(e));
        done.Trigger();
    }

    [Fact]
    public void Without_a_loop_even_a_completed_task_cannot_be_waited_for() =>
        Assert.Throws<InvalidOperationException>(() => Completed(default));

    [Tamed] private static partial void Completed(Event done);

    private static void CompletedBody(Event done)
    {
        twait(Task.FromResult(1), out int _);
        done.Trigger();
    }

    [Fact]
    public void A_source_of_value_tasks_is_told_that_its_result_was_taken() => Assert.Equal("1 2 3 3", Trace.Of(Pooled));

    [Tamed] private static partial void Pooled(Trace trace, Event done);

    private static void PooledBody(Trace trace, Event done)
    {
        var source = new Source();
        twait(source.Next(1), out int one);
        trace.Add(one);
        twait(source.Next(2), out int two);
        trace.Add(two);
        twait(source.Next(3));
        trace.Add(source.Taken);
        twait(new ValueTask<int>(Later(3)), out int three);
        trace.Add(three);
        done.Trigger();
    }

    [Fact]
    public void A_wait_for_a_task_may_be_all_of_an_expression_body() => Assert.Equal("in out", Trace.Of(Outer));

    [Tamed] private static partial void Outer(Trace trace, Event done);

    private static void OuterBody(Trace trace, Event done)
    {
        Arrow(Say(trace, "in", 1));
        Start(done);
        trace.Add("out");
    }

    [Tamed] private static partial void Arrow(Task task);

    private static void ArrowBody(Task task) => twait(task);

    [Tamed] private static partial void Start(Event done);

    private static void StartBody(Event done) => twait(e => { asap(e); asap(done); });

    private static async Task Later() => await Task.Delay(1).ConfigureAwait(false);

    private static async Task<int> Later(int n)
    {
        await Task.Delay(1).ConfigureAwait(false);
        return n;
    }

    private static async Task FailLater()
    {
        await Task.Delay(1).ConfigureAwait(false);
        throw new InvalidOperationException("late bad");
    }

    private static Task<int> Say(Trace trace, string word, int value)
    {
        trace.Add(word);
        return Task.FromResult(value);
    }

    private static int Next(ref int i, Trace trace)
    {
        trace.Add($"i{i}");
        return i++;
    }

    /// <summary>One source for many tasks, as those of sockets are: each has to be asked for its result once.</summary>
    private sealed class Source : System.Threading.Tasks.Sources.IValueTaskSource<int>
    {
        private System.Threading.Tasks.Sources.ManualResetValueTaskSourceCore<int> _core;

        public int Taken { get; private set; }

        public ValueTask<int> Next(int value)
        {
            _core.SetResult(value);
            return new ValueTask<int>(this, _core.Version);
        }

        public int GetResult(short token)
        {
            Taken++;
            var result = _core.GetResult(token);
            _core.Reset();
            return result;
        }

        public System.Threading.Tasks.Sources.ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

        public void OnCompleted(Action<object?> continuation, object? state, short token, System.Threading.Tasks.Sources.ValueTaskSourceOnCompletedFlags flags) =>
            _core.OnCompleted(continuation, state, token, flags);
    }
}

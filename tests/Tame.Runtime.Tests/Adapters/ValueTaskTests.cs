using System.Threading.Tasks.Sources;

namespace Tame.Runtime.Tests.Adapters;

[Collection(nameof(Alone))]
public sealed class ValueTaskTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_source_of_a_value_task_is_read_once(bool completeFirst)
    {
        var plain = new OnceSource();
        var valued = new OnceSource();
        Loops.RunBlocks(
            c =>
            {
                if (completeFirst)
                    Complete();
                new ValueTask(plain, plain.Version).Trigger(c.Make(1));
                new ValueTask<int>(valued, valued.Version).Trigger(c.Make(c.Slot(ref c.A), 1));
                if (!completeFirst)
                    Complete();
            },
            c => Assert.Equal(7, c.A));
        Assert.Equal((1, 1), (plain.Reads, valued.Reads));

        void Complete()
        {
            plain.Complete(0);
            valued.Complete(7);
        }
    }

    [Fact]
    public void A_value_task_whose_event_is_empty_is_read_nevertheless()
    {
        var plain = new OnceSource();
        var valued = new OnceSource();
        plain.Complete(0);
        valued.Complete(7);
        new ValueTask(plain, plain.Version).Trigger(default);
        new ValueTask<int>(valued, valued.Version).Trigger(default);
        Assert.Equal((1, 1), (plain.Reads, valued.Reads));
    }

    [Fact]
    public void A_failed_value_task_fails_its_event_with_its_own_exception()
    {
        Assert.Throws<ArithmeticException>(() => Loops.RunBlocks(c => ValueTask.FromException(new ArithmeticException()).Trigger(c.Make(1))));
        Assert.Throws<ArithmeticException>(() => Loops.RunBlocks(c => ValueTask.FromException<int>(new ArithmeticException()).Trigger(c.Make(c.Slot(ref c.A), 1))));
    }

    [Fact]
    public void A_task_that_is_complete_already_costs_no_allocation()
    {
        Loops.RunBlocks(c =>
        {
            long Measure(Event e)
            {
                var task = Task.CompletedTask;
                long before = GC.GetAllocatedBytesForCurrentThread();
                task.Trigger(e);
                default(ValueTask).Trigger(e);
                new ValueTask<int>(1).Trigger(default);
                return GC.GetAllocatedBytesForCurrentThread() - before;
            }
            Measure(default);
            Assert.Equal(0, Measure(default));
            Assert.Equal(0, Measure(c.Make(1)));
        });
    }

    private sealed class OnceSource : IValueTaskSource, IValueTaskSource<int>
    {
        private ManualResetValueTaskSourceCore<int> _core;

        public int Reads { get; private set; }

        public short Version => _core.Version;

        public void Complete(int value) => _core.SetResult(value);

        public int GetResult(short lifeline)
        {
            Reads++;
            return _core.GetResult(lifeline);
        }

        void IValueTaskSource.GetResult(short lifeline) => GetResult(lifeline);

        public ValueTaskSourceStatus GetStatus(short lifeline) => _core.GetStatus(lifeline);

        public void OnCompleted(Action<object?> continuation, object? state, short lifeline, ValueTaskSourceOnCompletedFlags flags) =>
            _core.OnCompleted(continuation, state, lifeline, flags);
    }
}

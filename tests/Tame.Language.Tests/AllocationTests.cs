namespace Tame.Language.Tests;

/// <summary>In the steady state tamed code allocates nothing: closures, records, tokens and timers come from pools.</summary>
[Collection(nameof(Alone))]
public sealed partial class AllocationTests
{
    private const int Rounds = 20_000;
    private const int WarmUp = 2_000;

    [Fact]
    public void A_block_in_a_loop_allocates_nothing() => Assert.Equal(0, BytesOf(Blocks));

    [Fact]
    public void An_everyday_wait_allocates_nothing() => Assert.Equal(0, BytesOf(Everyday));

    [Fact]
    public void A_wait_for_a_completed_task_allocates_nothing() => Assert.Equal(0, BytesOf(CompletedTasks));

    [Fact]
    public void Nested_blocks_allocate_nothing() => Assert.Equal(0, BytesOf(NestedBlocks));

    [Fact]
    public void A_block_over_a_hundred_events_allocates_nothing() => Assert.Equal(0, BytesOf(Fan));

    [Fact]
    public void A_rendezvous_that_is_reused_allocates_nothing() => Assert.Equal(0, BytesOf(Window));

    [Fact]
    public void Calls_three_deep_that_hand_values_back_allocate_nothing() => Assert.Equal(0, BytesOf(Deep));

    [Fact]
    public void Timers_allocate_nothing() => Assert.Equal(0, BytesOf(Timers));

    /// <summary>The bytes that a method allocated after its warm-up, as it tells itself.</summary>
    private static long BytesOf(Action<Event<long>> method) => EventLoop.Run<long>(method, new EventLoopOptions { VirtualTime = true });

    private static long Allocated => GC.GetAllocatedBytesForCurrentThread();

    [Tamed] private static partial void Blocks(Event<long> done);

    private static void BlocksBody(Event<long> done)
    {
        long start = 0;
        for (var i = 0; i < WarmUp + Rounds; i++)
        {
            if (i == WarmUp) start = Allocated;
            using (twait()) asap(mkevent());
        }

        done.Trigger(Allocated - start);
    }

    [Tamed] private static partial void Everyday(Event<long> done);

    private static void EverydayBody(Event<long> done)
    {
        long start = 0;
        var numbers = new int[1];
        for (var i = 0; i < WarmUp + Rounds; i++)
        {
            if (i == WarmUp) start = Allocated;
            twait(e => asap(e));
            twait(e =>
            {
                if (i < 0) return;
                e.Trigger(i + numbers[0]);
            }, out numbers[0]);
        }

        done.Trigger(Allocated - start);
    }

    [Tamed] private static partial void CompletedTasks(Event<long> done);

    private static void CompletedTasksBody(Event<long> done)
    {
        long start = 0;
        var task = Task.FromResult("");
        for (var i = 0; i < WarmUp + Rounds; i++)
        {
            if (i == WarmUp) start = Allocated;
            twait(Task.CompletedTask);
            twait(task, out string text);
            twait(new ValueTask<int>(text.Length), out _);
        }

        done.Trigger(Allocated - start);
    }

    [Tamed] private static partial void NestedBlocks(Event<long> done);

    private static void NestedBlocksBody(Event<long> done)
    {
        long start = 0;
        for (var i = 0; i < WarmUp + Rounds; i++)
        {
            if (i == WarmUp) start = Allocated;
            using (twait())
            {
                asap(mkevent());
                using (twait())
                {
                    asap(mkevent());
                    using (twait()) asap(mkevent());
                }
            }
        }

        done.Trigger(Allocated - start);
    }

    [Tamed] private static partial void Fan(Event<long> done);

    private static void FanBody(Event<long> done)
    {
        long start = 0;
        for (var i = 0; i < (WarmUp + Rounds) / 100; i++)
        {
            if (i == WarmUp / 100) start = Allocated;
            using (twait())
                for (var j = 0; j < 100; j++)
                    asap(mkevent());
        }

        done.Trigger(Allocated - start);
    }

    [Tamed] private static partial void Window(Event<long> done);

    private static void WindowBody(Event<long> done)
    {
        long start = 0;
        int sent = 0, received = 0, sum = 0;
        var r = new Rendezvous<int>();
        while (received < WarmUp + Rounds)
        {
            if (received == WarmUp) start = Allocated;
            if (sent < WarmUp + Rounds && sent - received < 64)
            {
                asap(mkevent(r, sent++));
            }
            else
            {
                twait(r, out int id);
                sum += id;
                received++;
            }
        }

        done.Trigger(sum == 0 ? -1 : Allocated - start);
    }

    [Tamed] private static partial void Deep(Event<long> done);

    private static void DeepBody(Event<long> done)
    {
        long start = 0;
        var sum = 0;
        for (var i = 0; i < WarmUp + Rounds; i++)
        {
            if (i == WarmUp) start = Allocated;
            using (twait()) Middle(i, mkevent(out sum));
        }

        done.Trigger(sum == 0 ? -1 : Allocated - start);
    }

    [Tamed] private static partial void Middle(int n, Event<int> done);

    private static void MiddleBody(int n, Event<int> done)
    {
        int value;
        using (twait()) Inner(n, mkevent(out value));
        done.Trigger(value + 1);
    }

    [Tamed] private static partial void Inner(int n, Event<int> done);

    private static void InnerBody(int n, Event<int> done)
    {
        using (twait()) asap(mkevent());
        done.Trigger(n);
    }

    [Tamed] private static partial void Timers(Event<long> done);

    private static void TimersBody(Event<long> done)
    {
        long start = 0;
        for (var i = 0; i < WarmUp + Rounds; i++)
        {
            if (i == WarmUp) start = Allocated;
            using (twait()) timer(TimeSpan.FromMilliseconds(i % 50), mkevent());
        }

        done.Trigger(Allocated - start);
    }
}

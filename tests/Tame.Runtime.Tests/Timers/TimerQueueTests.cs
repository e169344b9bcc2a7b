using System.Runtime.CompilerServices;

namespace Tame.Runtime.Tests.Timers;

[Collection(nameof(Alone))]
public sealed class TimerQueueTests
{
    private const long Millisecond = TimeSpan.TicksPerMillisecond;
    private const long Year = 365 * TimeSpan.TicksPerDay;

    [Fact]
    public void An_empty_queue_has_nothing_due()
    {
        var queue = new TimerQueue<string>();
        Assert.Null(queue.NextDue);
        Assert.False(queue.TryPopDue(long.MaxValue, out _));
    }

    [Fact]
    public void A_timer_is_due_at_its_tick_and_not_a_tick_before()
    {
        var queue = new TimerQueue<string>();
        queue.Add(5 * Millisecond + 1, "a");
        Assert.False(queue.TryPopDue(5 * Millisecond, out _));
        Assert.True(queue.TryPopDue(5 * Millisecond + 1, out string? fired));
        Assert.Equal("a", fired);
        Assert.Equal(0, queue.Count);
    }

    [Fact]
    public void Timers_a_tick_apart_fire_in_the_order_of_their_deadlines()
    {
        var queue = new TimerQueue<int>();
        for (int i = 999; i >= 0; i--)
            queue.Add(Millisecond + i, i);
        Assert.Equal(Enumerable.Range(0, 1000), PopAll(queue, Millisecond + 999));
    }

    [Fact]
    public void Equal_deadlines_fire_in_the_order_of_setting_however_near_they_were_when_set()
    {
        var queue = new TimerQueue<int>();
        const long due = 7 * TimeSpan.TicksPerHour + 12_345;
        int name = 0;
        for (long distance = due; distance > 0; distance /= 3)
        {
            Assert.False(queue.TryPopDue(due - distance, out _));
            for (int i = 0; i < 20; i++)
                queue.Add(due, name++);
        }
        Assert.Equal(Enumerable.Range(0, name), PopAll(queue, due));
    }

    [Fact]
    public void A_deadline_that_has_passed_fires_before_those_to_come()
    {
        var queue = new TimerQueue<string>();
        queue.Add(100 * Millisecond, "future");
        Assert.False(queue.TryPopDue(99 * Millisecond, out _));
        queue.Add(50 * Millisecond, "past");
        queue.Add(-1, "long past");
        Assert.Equal(-1, queue.NextDue);
        Assert.Equal(["long past", "past", "future"], PopAll(queue, 100 * Millisecond));
    }

    [Fact]
    public void Deadlines_years_away_keep_their_order()
    {
        var queue = new TimerQueue<int>();
        long[] dues = [Year, 10 * Year, 100 * Year, 1000 * Year, 10_000 * Year, long.MaxValue - 1, long.MaxValue];
        for (int i = dues.Length - 1; i >= 0; i--)
            queue.Add(dues[i], i);
        for (int i = 0; i < dues.Length; i++)
        {
            Assert.Equal(dues[i], queue.NextDue);
            Assert.False(queue.TryPopDue(dues[i] - 1, out _));
            Assert.True(queue.TryPopDue(dues[i], out int fired));
            Assert.Equal(i, fired);
        }
    }

    [Fact]
    public void A_large_slot_goes_down_every_level_of_the_wheel_in_order()
    {
        var queue = new TimerQueue<long>();
        var random = new Random(1);
        long[] dues = [.. Enumerable.Range(0, 50_000).Select(_ => random.NextInt64(10 * Year, 10 * Year + TimeSpan.TicksPerDay))];
        foreach (long due in dues)
            queue.Add(due, due);
        Array.Sort(dues);
        foreach (long due in dues)
        {
            Assert.Equal(due, queue.NextDue);
            Assert.True(queue.TryPopDue(due, out long fired));
            Assert.Equal(due, fired);
        }
    }

    [Fact]
    public void The_next_deadline_is_exact_when_the_earliest_of_many_leaves()
    {
        var queue = new TimerQueue<int>();
        var random = new Random(2);
        var set = new PriorityQueue<TimerNode, long>();
        for (int i = 0; i < 500; i++)
        {
            long due = random.NextInt64(TimeSpan.TicksPerHour, 2 * TimeSpan.TicksPerHour);
            set.Enqueue(queue.Add(due, i), due);
        }
        while (set.TryDequeue(out TimerNode node, out long due))
        {
            Assert.Equal(due, queue.NextDue);
            queue.Remove(node, out _);
        }
        Assert.Null(queue.NextDue);
    }

    [Fact]
    public void Removing_a_timer_that_fired_touches_no_timer_that_took_its_place()
    {
        var queue = new TimerQueue<string>();
        TimerNode fired = queue.Add(1, "first");
        Assert.True(queue.TryPopDue(1, out _));
        TimerNode second = queue.Add(2, "second");
        Assert.Equal(fired.Index, second.Index);
        queue.Remove(fired, out _);
        queue.Remove(default, out _);
        Assert.Equal(1, queue.Count);
        Assert.Equal(["second"], PopAll(queue, 2));
    }

    [Fact]
    public void Removing_a_timer_twice_removes_it_once()
    {
        var queue = new TimerQueue<string>();
        TimerNode node = queue.Add(1, "a");
        queue.Add(1, "b");
        queue.Remove(node, out _);
        queue.Remove(node, out _);
        Assert.Equal(["b"], PopAll(queue, 1));
    }

    [Fact]
    public void A_million_timers_set_and_cancelled_leave_no_memory_behind()
    {
        var queue = new TimerQueue<object?>();
        var nodes = new TimerNode[1_000_000];
        var random = new Random(3);
        for (int i = 0; i < nodes.Length; i++)
            nodes[i] = queue.Add(random.NextInt64(Year), null);
        Assert.InRange(queue.Chunks, 1_000_000 / TimerPool<object?>.ChunkSize, int.MaxValue);
        random.Shuffle(nodes);
        foreach (TimerNode node in nodes)
            queue.Remove(node, out _);
        Assert.Equal(0, queue.Count);
        Assert.InRange(queue.Chunks, 0, TimerPool<object?>.Reserve);
    }

    [Fact]
    public void A_timer_that_left_holds_its_target_no_longer()
    {
        var queue = new TimerQueue<object>();
        WeakReference cancelled = SetAndCancel(queue);
        WeakReference fired = SetAndFire(queue);
        GC.Collect();
        Assert.False(cancelled.IsAlive);
        Assert.False(fired.IsAlive);
        GC.KeepAlive(queue);
    }

    [Fact]
    public void Setting_cancelling_and_firing_allocate_nothing_in_the_steady_state()
    {
        var queue = new TimerQueue<int>();
        var nodes = new TimerNode[1000];
        long now = 0;
        Round(1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Round(100);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Round(int times)
        {
            for (int round = 0; round < times; round++, now += 50 * Millisecond)
            {
                for (int i = 0; i < nodes.Length; i++)
                    nodes[i] = queue.Add(now + i * 7919 % 1000 * 100 * Millisecond / 1000, i);
                for (int i = 0; i < nodes.Length; i += 2)
                    queue.Remove(nodes[i], out _);
                _ = queue.NextDue;
                while (queue.TryPopDue(now + 100 * Millisecond, out _))
                {
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference SetAndCancel(TimerQueue<object> queue)
    {
        var target = new object();
        queue.Remove(queue.Add(1, target), out _);
        return new WeakReference(target);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference SetAndFire(TimerQueue<object> queue)
    {
        var target = new object();
        queue.Add(1, target);
        Assert.True(queue.TryPopDue(1, out _));
        return new WeakReference(target);
    }

    private static List<T> PopAll<T>(TimerQueue<T> queue, long now)
    {
        var fired = new List<T>();
        while (queue.TryPopDue(now, out T? target))
            fired.Add(target);
        return fired;
    }
}

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
        var set = new PriorityQueue<int, long>();
        for (int i = 0; i < 500; i++)
        {
            long due = random.NextInt64(TimeSpan.TicksPerHour, 2 * TimeSpan.TicksPerHour);
            set.Enqueue(queue.Add(due, i), due);
        }
        while (set.TryDequeue(out int index, out long due))
        {
            Assert.Equal(due, queue.NextDue);
            queue.RemoveAt(index);
        }
        Assert.Null(queue.NextDue);
    }

    [Fact]
    public void A_timer_that_fired_or_left_is_not_found_any_more()
    {
        var queue = new TimerQueue<string>();
        int fired = queue.Add(1, "first");
        int left = queue.Add(2, "second");
        Assert.True(queue.TryPopDue(1, out _));
        queue.RemoveAt(left);
        Assert.True(Unsafe.IsNullRef(ref queue.At(fired)));
        Assert.True(Unsafe.IsNullRef(ref queue.At(left)));
        Assert.Equal(fired, queue.Add(3, "third"));
        Assert.Equal("third", queue.At(fired));
        Assert.Equal(["third"], PopAll(queue, 3));
    }

    [Fact]
    public void A_timer_is_found_where_the_sorting_of_its_slot_has_put_it()
    {
        var queue = new TimerQueue<int>();
        int[] indices = [.. Enumerable.Range(0, 20).Select(i => queue.Add(Year - i, i))];
        Assert.Equal(Year - 19, queue.NextDue);
        foreach (int i in new[] { 3, 19, 7, 0 })
            queue.RemoveAt(indices[i]);
        Assert.Equal([18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 6, 5, 4, 2, 1], PopAll(queue, Year));
    }

    [Fact]
    public void A_wave_of_timers_gets_nodes_in_the_order_of_setting_however_the_last_one_left()
    {
        var queue = new TimerQueue<int>();
        int[] first = [.. Enumerable.Range(0, 1500).Select(i => queue.Add(Year + i, i))];
        new Random(4).Shuffle(first);
        foreach (int index in first)
            queue.RemoveAt(index);
        Assert.Equal(Enumerable.Range(0, 1500), Enumerable.Range(0, 1500).Select(i => queue.Add(Year + i, i)));
    }

    [Fact]
    public void A_timer_that_leaves_gives_its_entry_back_where_others_stay_before_it()
    {
        var queue = new TimerQueue<int>();
        queue.Add(Year, 0);
        for (int i = 0; i < 1000; i++)
            queue.RemoveAt(queue.Add(Year, i));
        Assert.Equal(1, queue.Chunks.Entries);
    }

    [Fact]
    public void Entries_go_back_as_soon_as_all_of_a_chunk_have_left()
    {
        var queue = new TimerQueue<int>();
        int[] indices = [.. Enumerable.Range(0, 10 * TimerChunks.Size).Select(i => queue.Add(Year, i))];
        for (int round = 0; round < 100; round++)
        {
            int start = round % 9 * TimerChunks.Size;
            for (int i = start; i < start + TimerChunks.Size; i++)
                queue.RemoveAt(indices[i]);
            for (int i = start; i < start + TimerChunks.Size; i++)
                indices[i] = queue.Add(Year, i);
        }
        Assert.InRange(queue.Chunks.Entries, 10, 11);
    }

    [Fact]
    public void A_queue_with_a_few_timers_is_small()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var queue = new TimerQueue<object?>();
        for (int i = 0; i < 10; i++)
            queue.Add(Year, null);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 8_000);
    }

    [Fact]
    public void A_million_timers_set_and_cancelled_leave_no_memory_behind()
    {
        var queue = new TimerQueue<object?>();
        var nodes = new int[1_000_000];
        var random = new Random(3);
        for (int i = 0; i < nodes.Length; i++)
            nodes[i] = queue.Add(random.NextInt64(Year), null);
        Assert.InRange(queue.Chunks.Nodes, 1_000_000 / TimerPool<object?>.ChunkSize, int.MaxValue);
        Assert.InRange(queue.Chunks.Entries, 1_000_000 / TimerChunks.Size, int.MaxValue);
        random.Shuffle(nodes);
        foreach (int node in nodes)
            queue.RemoveAt(node);
        Assert.Equal(0, queue.Count);
        Assert.InRange(queue.Chunks.Nodes, 0, TimerPool<object?>.Reserve);
        Assert.InRange(queue.Chunks.Entries, 0, TimerChunks.Reserve);
    }

    [Fact]
    public void A_million_timers_that_leave_the_intake_leave_no_memory_behind()
    {
        var queue = new TimerQueue<object?>();
        var nodes = new int[1_000_000];
        for (int i = 0; i < nodes.Length; i++)
            queue.AddUndated(Year, out nodes[i]) = null;
        new Random(5).Shuffle(nodes);
        foreach (int node in nodes)
            queue.RemoveAt(node);
        Assert.Equal((0, false), (queue.Count, queue.HasUndated));
        Assert.InRange(queue.Chunks.Nodes, 0, TimerPool<object?>.Reserve);
        Assert.InRange(queue.Chunks.Entries, 0, TimerChunks.Reserve + 1);
    }

    [Fact]
    public void An_intake_in_which_the_oldest_always_leaves_stays_small()
    {
        var queue = new TimerQueue<int>();
        var window = new Queue<int>();
        for (int i = 0; i < 10_000; i++)
        {
            queue.AddUndated(Year, out int node) = i;
            window.Enqueue(node);
            if (window.Count == 64)
                queue.RemoveAt(window.Dequeue());
        }
        Assert.InRange(queue.Chunks.Entries, 2, 4);
        Assert.Equal(Year, queue.Date(0));
        Assert.Equal(Enumerable.Range(10_000 - 63, 63), PopAll(queue, Year));
    }

    [Fact]
    public void Setting_cancelling_and_dating_allocate_nothing_in_the_steady_state()
    {
        var queue = new TimerQueue<int>();
        var nodes = new int[500];
        Round(10);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Round(100);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Round(int times)
        {
            for (int round = 0; round < times; round++)
            {
                for (int i = 0; i < nodes.Length; i++)
                    queue.AddUndated(Millisecond, out nodes[i]) = i;
                for (int i = 0; i < nodes.Length; i += 2)
                    queue.RemoveAt(nodes[i]);
                queue.Date(0);
                while (queue.TryPopDue(Millisecond, out _))
                {
                }
            }
        }
    }

    [Fact]
    public void A_timer_that_left_holds_its_target_no_longer()
    {
        var queue = new TimerQueue<object>();
        WeakReference cancelled = SetAndCancel(queue);
        WeakReference fired = SetAndFire(queue);
        WeakReference undated = SetAndCancelUndated(queue);
        GC.Collect();
        Assert.False(cancelled.IsAlive);
        Assert.False(undated.IsAlive);
        Assert.False(fired.IsAlive);
        GC.KeepAlive(queue);
    }

    [Fact]
    public void Setting_cancelling_and_firing_allocate_nothing_in_the_steady_state()
    {
        var queue = new TimerQueue<int>();
        var nodes = new int[1000];
        const long lap = 1 << 19;   // whole slots, so that each turn of a wheel needs as many chunks at a time as the last one
        long now = 0;
        Round(100);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Round(100);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Round(int times)
        {
            for (int round = 0; round < times; round++, now += lap)
            {
                for (int i = 0; i < nodes.Length; i++)
                    nodes[i] = queue.Add(now + i * 7919 % 1000 * 100 * Millisecond / 1000, i);
                for (int i = 0; i < nodes.Length; i += 2)
                    queue.RemoveAt(nodes[i]);
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
        queue.RemoveAt(queue.Add(1, target));
        return new WeakReference(target);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference SetAndCancelUndated(TimerQueue<object> queue)
    {
        var target = new object();
        queue.AddUndated(1, out int node) = target;
        queue.RemoveAt(node);
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

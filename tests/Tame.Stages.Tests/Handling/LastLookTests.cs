namespace Tame.Stages.Tests.Handling;

/// <summary>An item that comes just as a runner has found nothing more to do.</summary>
public sealed class LastLookTests
{
    private const int Items = 5_000;

    [Fact]
    public void An_item_that_comes_as_a_turn_of_the_loop_ends_is_handled()
    {
        using var other = new Loops.Running();
        int handled = 0;
        var stage = Stage.OnLoop<int>("s", (_, done) =>
        {
            Interlocked.Increment(ref handled);
            done.Trigger();
        }, new() { Loops = [other.Loop] });
        PingPong(stage, () => Volatile.Read(ref handled));
    }

    [Fact]
    public void An_item_that_comes_as_a_thread_falls_asleep_is_handled()
    {
        int handled = 0;
        var stage = Stage.OnThreads<int>("s", _ => Interlocked.Increment(ref handled));
        PingPong(stage, () => Volatile.Read(ref handled));
        Loops.Drain(stage);
    }

    [Fact]
    public void An_item_that_comes_between_a_threads_last_look_for_entries_and_its_sleep_is_handled()
    {
        Thread? runner = null;
        bool mayEnd = false;
        int handled = 0;
        var stage = Stage.OnThreads<int>("s", item =>
        {
            runner = Thread.CurrentThread;
            while (item == 0 && !Volatile.Read(ref mayEnd))
                Thread.Yield();
            Interlocked.Increment(ref handled);
        });
        stage.TryEnqueue(0);
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref runner) is not null, Loops.Hang));
        lock (stage.Gate)
        {
            Volatile.Write(ref mayEnd, true);
            // It has found no entry, and waits for the lock to fall asleep.
            Assert.True(SpinWait.SpinUntil(() => runner!.ThreadState.HasFlag(ThreadState.WaitSleepJoin), Loops.Hang));
            Assert.Equal(EnqueueOutcome.Accepted, stage.TryEnqueue(1));
        }
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref handled) == 2, Loops.Hang), "The item is never handled.");
        Loops.Drain(stage);
    }

    /// <summary>Each item comes when the one before has been handled, after a pause that takes the runner to each place of its way to sleep.</summary>
    private static void PingPong(Stage<int> stage, Func<int> handled)
    {
        for (int i = 0; i < Items; i++)
        {
            Assert.Equal(EnqueueOutcome.Accepted, stage.TryEnqueue(i));
            int next = i + 1;
            Assert.True(SpinWait.SpinUntil(() => handled() == next, Loops.Hang), $"Item {i} is never handled.");
            Thread.SpinWait(i % 200);
        }
    }
}

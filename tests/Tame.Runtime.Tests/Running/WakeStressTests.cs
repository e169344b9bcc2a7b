using System.Globalization;

namespace Tame.Runtime.Tests.Running;

/// <summary>A loop falls asleep at the moment when a task on another thread ends, repeatedly. CI runs a few rounds; the script <c>long</c> runs more.</summary>
public sealed class WakeStressTests
{
    private static readonly TimeSpan s_most = TimeSpan.FromSeconds(30);
    private static readonly int s_rounds = int.Parse(Environment.GetEnvironmentVariable("TAME_ROUNDS") ?? "20000", CultureInfo.InvariantCulture);
    private int _round;

    [Fact]
    public void A_loop_that_only_another_thread_can_wake_is_woken()
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(RunAll)) { IsBackground = true };
        thread.Start();
        int seen = -1;
        while (!thread.Join(s_most))
        {
            int round = Volatile.Read(ref _round);
            Assert.True(round != seen, $"The loop of round {round} sleeps on.");
            seen = round;
        }
        Assert.Null(failure);
        Assert.Equal(s_rounds, _round);
    }

    private void RunAll()
    {
        for (; _round < s_rounds; Volatile.Write(ref _round, _round + 1))
        {
            using var loop = new EventLoop(new EventLoopOptions { LostEvents = LostEventDetection.Off });    // a look for losses would wake it
            int spin = 20 + _round % 61;
            loop.Post(() => Call.Blocks(default, call => Start(spin, call.Make(1))));
            loop.Run();
        }
    }

    /// <summary>The watch of the task is also created on another thread.</summary>
    private static void Start(int spin, Event e) => ThreadPool.UnsafeQueueUserWorkItem(_ => Task.Run(() => Thread.SpinWait(spin)).Trigger(e), null);
}

#pragma warning disable xUnit1051 // Calls without a token are what is tested.
using System.Globalization;

namespace Tame.Runtime.Tests.Guests;

/// <summary>Something is sent at the very moment when a guest leaves its turn, again and again. CI runs a few rounds; the script <c>long</c> more.</summary>
public sealed class GuestWakeTests
{
    private static readonly int s_rounds = int.Parse(Environment.GetEnvironmentVariable("TAME_ROUNDS") ?? "50000", CultureInfo.InvariantCulture);

    [Fact]
    public async Task No_trigger_is_forgotten_between_two_turns()
    {
        await using var loop = EventLoop.CreateGuest(EventLoopHost.ThreadPool);
        int round = 0;
        var all = new TaskCompletionSource();
        Next();
        int seen = -1;
        while (await Task.WhenAny(all.Task, Task.Delay(TimeSpan.FromSeconds(20))) != all.Task)
        {
            Assert.True(Volatile.Read(ref round) != seen, $"The guest sleeps on in round {round}.");
            seen = Volatile.Read(ref round);
        }

        void Next() => loop.Post(() => Call.Blocks(Event.Detached, c => TriggerElsewhere(c.Make(101), round % 61), _ =>
        {
            if (++round == s_rounds)
                all.SetResult();
            else
                ThreadPool.UnsafeQueueUserWorkItem(static next => next(), (Action)Next, preferLocal: false);
        }));
    }

    [Fact]
    public async Task No_timer_is_forgotten_between_two_turns()
    {
        await using var loop = EventLoop.CreateGuest(EventLoopHost.ThreadPool);
        for (int i = 0; i < Math.Min(s_rounds, 500); i++)
        {
            var task = loop.InvokeAsync(done => Primitives.timer(TimeSpan.FromTicks(i % 7 * 3000), done));
            await task.WaitAsync(Loops.Hang);
        }
    }

    [Fact]
    public async Task No_stop_is_forgotten_behind_a_turn_and_every_guest_of_very_many_ends()
    {
        const int Guests = 70_000;      // more than 16 bits
        var tasks = new List<Task>(Guests);
        for (int i = 0; i < Guests; i++)
        {
            var loop = EventLoop.CreateGuest(EventLoopHost.ThreadPool);
            loop.Post(() => { });
            tasks.Add(loop.StopAsync());
        }
        await Task.WhenAll(tasks).WaitAsync(Loops.Hang);
    }

    private static void TriggerElsewhere(Event e, int spin) => ThreadPool.UnsafeQueueUserWorkItem(
        static work =>
        {
            Thread.SpinWait(work.Spin);
            work.Event.Trigger();
        },
        (Event: e, Spin: spin),
        preferLocal: false);
}

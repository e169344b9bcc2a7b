#pragma warning disable xUnit1031, xUnit1051 // A turn that blocks is what is tested.

using Tame.Guests;

namespace Tame.Runtime.Tests.Guests;

/// <summary>Turns in a row on a thread of the pool: they end, none waits for another that blocks, and each guest still has one at a time.</summary>
public sealed class PoolTurnTests
{
    [Fact]
    public async Task A_guest_has_its_turn_though_the_one_that_woke_it_blocks_or_goes_on()
    {
        await using var blocks = EventLoop.CreateGuest(EventLoopHost.ThreadPool);
        await using var woken = EventLoop.CreateGuest(EventLoopHost.ThreadPool);
        Assert.True(await blocks.InvokeAsync<bool>(ended => ended.Trigger(woken.InvokeAsync(e => e.Trigger()).Wait(Loops.Hang))));
        Assert.True(await blocks.InvokeAsync<bool>(ended =>
        {
            var task = woken.InvokeAsync(e => e.Trigger());
            Look(Environment.TickCount64 + (long)Loops.Hang.TotalMilliseconds);

            void Look(long due)
            {
                if (task.IsCompleted || Environment.TickCount64 > due)
                    ended.Trigger(task.IsCompleted);
                else
                    blocks.Post(() => Look(due));
            }
        }));
    }

    [Fact]
    public void Turns_follow_each_other_on_one_thread_and_leave_it_after_a_while()
    {
        const int Most = 64, Tries = 1_000;
        int here = Environment.CurrentManagedThreadId, longest = 0;
        for (int tries = 0; tries < Tries && longest < Most; tries++)      // the system may take the thread away for longer than a row lasts
        {
            var ring = new TokenRing(2);
            ring.Scheduled(0);
            PoolTurns.Run(ring.Loops[0].Guest!);
            ring.Stop();
            longest = Math.Max(longest, ring.TurnsOn(here));
            ring.End();
        }
        Assert.Equal(Most, longest);
    }

    [Fact]
    public async Task Guests_that_wake_each_other_have_one_turn_at_a_time_and_lose_no_word()
    {
        const int Guests = 7, Tokens = 4, Hops = 20_000;
        var loops = Enumerable.Range(0, Guests).Select(_ => EventLoop.CreateGuest(EventLoopHost.ThreadPool)).ToArray();
        int[] inside = new int[Guests];
        int overlaps = 0, left = Tokens;
        var done = new TaskCompletionSource();
        for (int token = 0; token < Tokens; token++)
            Send(token, token + 1, Hops);
        await done.Task.WaitAsync(Loops.Hang);
        Assert.Equal(0, overlaps);
        await Task.WhenAll(loops.Select(loop => loop.StopAsync()));

        void Send(int to, int step, int hops) => loops[to].Post(() =>
        {
            if (Interlocked.Increment(ref inside[to]) != 1 || EventLoop.Current != loops[to])
                Interlocked.Increment(ref overlaps);
            if (hops != 0)
                Send((to + step) % Guests, step, hops - 1);
            else if (Interlocked.Decrement(ref left) == 0)
                done.SetResult();
            Interlocked.Decrement(ref inside[to]);
        });
    }

    /// <summary>Guests that hand a token on until they are stopped, and note the threads of their turns.</summary>
    private sealed class TokenRing(int guests)
    {
        private readonly List<int> _threads = [];
        private volatile bool _isStopped;

        public EventLoop[] Loops { get; } = [.. Enumerable.Range(0, guests).Select(_ => EventLoop.CreateGuest(EventLoopHost.ThreadPool))];

        /// <summary>Gives the token to a guest as if its turn were scheduled already: the test makes it.</summary>
        public void Scheduled(int to)
        {
            Loops[to].Sleeping = 0;
            Loops[to].Post(() => Hop(to));
        }

        public void Stop() => _isStopped = true;

        public int TurnsOn(int thread)
        {
            lock (_threads)
                return _threads.Count(one => one == thread);
        }

        public void End() => Task.WaitAll([.. Loops.Select(loop => loop.StopAsync())], Runtime.Tests.Loops.Hang);

        private void Hop(int at)
        {
            lock (_threads)
                _threads.Add(Environment.CurrentManagedThreadId);
            int next = (at + 1) % Loops.Length;
            if (!_isStopped)
                Loops[next].Post(() => Hop(next));
        }
    }
}

using System.Runtime.CompilerServices;

namespace Tame.Runtime.Tests.Running;

/// <summary>Several loops of one thread, disposed of in any order.</summary>
public sealed class SiblingTests
{
    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(0, 2, 1)]
    [InlineData(1, 0, 2)]
    [InlineData(1, 2, 0)]
    [InlineData(2, 0, 1)]
    [InlineData(2, 1, 0)]
    public void The_newest_loop_that_lives_is_current(params int[] order) =>
        Loops.OnThread(() =>
        {
            var loops = Enumerable.Range(0, 3).Select(_ => new EventLoop(Loops.Virtual)).ToArray();
            var alive = loops.ToList();
            foreach (int ended in order)
            {
                Assert.Same(alive[^1], EventLoop.Current);
                loops[ended].Dispose();
                alive.Remove(loops[ended]);
            }
            Assert.Null(EventLoop.Current);
        });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_run_stays_current_when_siblings_end_inside_of_it(int running) =>
        Loops.OnThread(() =>
        {
            var loops = Enumerable.Range(0, 3).Select(_ => new EventLoop(Loops.Virtual)).ToArray();
            var own = loops[running];
            EventLoop? shallow = null, deep = null;
            own.Post(() =>
            {
                foreach (var loop in loops.Where(loop => loop != own))
                    loop.Dispose();
                shallow = EventLoop.Current;
                Deep(2000, () =>
                {
                    deep = EventLoop.Current;
                    Primitives.timer(TimeSpan.Zero, Event.Detached);
                });
            });
            own.Run();
            Assert.Same(own, shallow);
            Assert.Same(own, deep);
            Assert.Same(own, EventLoop.Current);
            own.Dispose();
            Assert.Null(EventLoop.Current);
        });

    [Fact]
    public void A_sibling_that_ends_inside_of_a_run_cleans_up_on_its_own()
    {
        EventLoop? seen = null;
        Loops.OnThread(() =>
        {
            var ending = new EventLoop(new EventLoopOptions { VirtualTime = true });
            Call.Start(c =>
            {
                if (c.State != 0)
                {
                    seen = EventLoop.Current;
                    return;
                }
                c.EnterBlock();
                c.Held = c.Make(1);
                c.BlockDone(1);
            });
            using var other = new EventLoop(Loops.Virtual);
            other.Post(ending.Dispose);
            other.Run();
            Assert.Same(ending, seen);
        });
    }

    [Fact]
    public void A_loop_that_has_ended_is_kept_by_none_of_its_siblings()
    {
        Loops.OnThread(() =>
        {
            var references = new List<WeakReference>();
            using var last = Chain(references);
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            Assert.All(references, reference => Assert.False(reference.IsAlive));
        });
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static EventLoop Chain(List<WeakReference> ended)
    {
        var loop = new EventLoop(Loops.Virtual);
        for (int i = 0; i < 5; i++)
        {
            var next = new EventLoop(Loops.Virtual);
            loop.Dispose();
            ended.Add(new WeakReference(loop));
            loop = next;
        }
        return loop;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe int Deep(int depth, Action action)
    {
        byte* pad = stackalloc byte[128];
        pad[0] = 1;
        if (depth != 0)
            return Deep(depth - 1, action) + pad[0];
        action();
        return pad[0];
    }
}

using System.Runtime.InteropServices;
using Tame.Runtime.Tests.Running;

namespace Tame.Stages.Tests.Running;

/// <summary>The protocol by which threads have a loop take a turn, in every order of steps. In no end state is there work for which no turn comes.</summary>
public sealed class TurnFlagTests
{
    private const int Preemptions = 2;

    internal enum Fault
    {
        None,
        NoLastLook,
        TheFlagIsClearedByAPlainWrite,
        TheFlagIsSetByAPlainWrite,
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void No_order_leaves_work_for_which_no_turn_comes(int producers)
    {
        var explorer = new Explorer(Preemptions);
        Assert.Null(explorer.Explore(schedule => World.Make(schedule, producers, Fault.None)));
        Assert.True(explorer.Runs > 1);
    }

    [Theory]
    [InlineData(Fault.NoLastLook, "is left")]
    [InlineData(Fault.TheFlagIsClearedByAPlainWrite, "is left")]
    [InlineData(Fault.TheFlagIsSetByAPlainWrite, "twice")]
    internal void The_explorer_finds_a_fault_that_is_planted(Fault fault, string words) =>
        Assert.Contains(words, new Explorer(Preemptions).Explore(schedule => World.Make(schedule, 2, fault)), StringComparison.Ordinal);

    private readonly struct Work(World world) : ITurnWork
    {
        public bool Any() => world.HasWork();
    }

    /// <summary>A loop that takes turns, and threads that each add one piece of work.</summary>
    private sealed unsafe class World : ExploredWorld
    {
        private readonly Shared* _shared = (Shared*)NativeMemory.AllocZeroed((nuint)sizeof(Shared));
        private readonly Fault _fault;
        private bool _isTwice;

        private World(Fault fault) => _fault = fault;

        ~World() => NativeMemory.Free(_shared);

        public static (Action[] Threads, Func<string?> Check) Make(Schedule schedule, int producers, Fault fault)
        {
            var world = new World(fault);
            schedule.World = world;
            return ([world.Loop, .. Enumerable.Repeat<Action>(world.Produce, producers)], world.Check);
        }

        public bool HasWork() => _fault != Fault.NoLastLook && Schedule.Current.Read(in _shared->Work) != 0;

        public override int Exchange(ref int place, int value)
        {
            if (_fault == (value == 0 ? Fault.TheFlagIsClearedByAPlainWrite : Fault.TheFlagIsSetByAPlainWrite))
            {
                Schedule.Current.Write(ref place, value);
                return 0;
            }
            return base.Exchange(ref place, value);
        }

        private string? Check() => _isTwice ? "A turn was scheduled twice" : _shared->Work != 0 ? "Work is left" : null;

        private void Produce()
        {
            Schedule.Current.Atomic(() => Interlocked.Increment(ref _shared->Work));
            if (_shared->Flag.TrySet())
                Post();
        }

        private void Post() => _isTwice |= Schedule.Current.Atomic(() => Interlocked.Increment(ref _shared->Posted)) > 1;

        private void Loop()
        {
            while (true)
            {
                Schedule.Current.WaitUntil(() => _shared->Posted != 0);
                Schedule.Current.Atomic(() => Interlocked.Decrement(ref _shared->Posted));
                while (Schedule.Current.Atomic(() => Interlocked.Exchange(ref _shared->Work, 0)) != 0)
                {
                }
                if (_shared->Flag.End(new Work(this)))
                    Post();
                Schedule.Current.Read(in _shared->Posted);      // a step, before which the loop's writes may not be visible yet
            }
        }

        private struct Shared
        {
            public TurnFlag<ExploredMemory> Flag;
            public int Work;
            public int Posted;
        }
    }
}

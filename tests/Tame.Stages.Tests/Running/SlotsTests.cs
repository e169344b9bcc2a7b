using System.Runtime.InteropServices;
using Tame.Runtime.Tests.Running;

namespace Tame.Stages.Tests.Running;

/// <summary>Rights with a limit, in every order of steps of three threads. At no time are more taken than the limit allows, and none is lost.</summary>
public sealed class SlotsTests
{
    private const int Preemptions = 2;
    private const int Limit = 2;

    [Fact]
    public void No_order_takes_more_than_the_limit()
    {
        var explorer = new Explorer(Preemptions);
        Assert.Null(explorer.Explore(schedule => World.Make(schedule, isPlain: false)));
        Assert.True(explorer.Runs > 10);
    }

    [Fact]
    public void The_explorer_finds_a_plain_write_of_the_number() =>
        Assert.Contains("rights", new Explorer(Preemptions).Explore(schedule => World.Make(schedule, isPlain: true)), StringComparison.Ordinal);

    private sealed unsafe class World : ExploredWorld
    {
        private const int Threads = 3;
        private readonly Slots<ExploredMemory>* _slots = (Slots<ExploredMemory>*)NativeMemory.AllocZeroed((nuint)sizeof(Slots<ExploredMemory>));
        private readonly bool _isPlain;
        private int _held;
        private int _most;
        private int _refused;

        private World(bool isPlain) => _isPlain = isPlain;

        ~World() => NativeMemory.Free(_slots);

        public static (Action[] Threads, Func<string?> Check) Make(Schedule schedule, bool isPlain)
        {
            var world = new World(isPlain);
            schedule.World = world;
            return ([.. Enumerable.Repeat<Action>(world.TakeOne, Threads)], world.Check);
        }

        public override bool TryChange(ref int place, int from, int to)
        {
            if (!_isPlain)
                return base.TryChange(ref place, from, to);
            Schedule.Current.Write(ref place, to);
            return true;
        }

        private string? Check() => _most > Limit ? $"{_most} rights at once" : _held != 0 || *(int*)_slots != 0 ? "rights are lost" : _refused > Threads - Limit ? "rights are refused without need" : null;

        private void TakeOne()
        {
            if (!_slots->TryTake(Limit))
            {
                _refused++;
                return;
            }
            _most = Math.Max(_most, ++_held);
            Schedule.Current.Atomic(() => --_held);
            _slots->Release();
        }
    }
}

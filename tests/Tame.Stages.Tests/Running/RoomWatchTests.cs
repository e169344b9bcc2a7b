using System.Runtime.InteropServices;
using Tame.Runtime.Tests.Running;

namespace Tame.Stages.Tests.Running;

/// <summary>
/// An offer that begins to wait, threads that take an entry, keep its place back and then block, and the watch, in every order of steps. In no end state does an offer wait although there is a place.
/// </summary>
public sealed class RoomWatchTests
{
    private const int Preemptions = 2;

    internal enum Fault
    {
        None,
        TheWatchEndsWithoutALook,
        TheFlagIsClearedByAPlainWrite,
        TheThreadLooksBeforeItTakes,
        TheOfferDoesNotLookAgain,
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    public void No_order_leaves_an_offer_waiting_while_there_is_a_place(int threads, bool isWatched)
    {
        var explorer = new Explorer(Preemptions);
        Assert.Null(explorer.Explore(schedule => World.Make(schedule, threads, isWatched, Fault.None)));
        Assert.True(explorer.Runs > 1);
    }

    [Theory]
    [InlineData(Fault.TheWatchEndsWithoutALook)]
    [InlineData(Fault.TheFlagIsClearedByAPlainWrite)]
    [InlineData(Fault.TheThreadLooksBeforeItTakes)]
    [InlineData(Fault.TheOfferDoesNotLookAgain)]
    internal void The_explorer_finds_a_fault_that_is_planted(Fault fault) =>
        Assert.Contains("waits", new Explorer(Preemptions).Explore(schedule => World.Make(schedule, 1, isWatched: true, fault)), StringComparison.Ordinal);

    private readonly struct LastLook(World world) : ITurnWork
    {
        public bool Any()
        {
            world.LetInAtTheEnd();
            return false;
        }
    }

    private sealed unsafe class World : ExploredWorld
    {
        private readonly Shared* _shared = (Shared*)NativeMemory.AllocZeroed((nuint)sizeof(Shared));
        private readonly bool _isWatched;
        private readonly Fault _fault;

        private World(bool isWatched, Fault fault) => (_isWatched, _fault) = (isWatched, fault);

        ~World() => NativeMemory.Free(_shared);

        public static (Action[] Threads, Func<string?> Check) Make(Schedule schedule, int threads, bool isWatched, Fault fault)
        {
            var world = new World(isWatched, fault);
            schedule.World = world;
            return ([world.Watch, world.Offer, .. Enumerable.Repeat<Action>(world.Handle, threads)], world.Check);
        }

        public override int Exchange(ref int place, int value)
        {
            if (_fault != Fault.TheFlagIsClearedByAPlainWrite || value != 0)
                return base.Exchange(ref place, value);
            Schedule.Current.Write(ref place, value);
            return 0;
        }

        public void LetInAtTheEnd()
        {
            if (_fault != Fault.TheWatchEndsWithoutALook)
                LetIn();
        }

        private string? Check() => _shared->Waiters != 0 && _shared->Places != 0 ? "An offer waits while there is a place" : null;

        /// <summary>The stage's lock makes it one step.</summary>
        private void LetIn()
        {
            if (Schedule.Current.Read(in _shared->Waiters) == 0)
                return;
            Schedule.Current.Atomic(() =>
            {
                if (_shared->Places == 0 || _shared->Waiters == 0)
                    return 0;
                _shared->Places--;
                return _shared->Waiters--;
            });
        }

        private void Offer()
        {
            Schedule.Current.Atomic(() => Interlocked.Increment(ref _shared->Waiters));
            if (_fault != Fault.TheOfferDoesNotLookAgain)
                LetIn();
        }

        /// <summary>Takes an entry, and calls a handler that never returns.</summary>
        private void Handle()
        {
            bool waited = _fault == Fault.TheThreadLooksBeforeItTakes && Schedule.Current.Read(in _shared->Waiters) != 0;
            Schedule.Current.Atomic(() => Interlocked.Increment(ref _shared->Places));
            if (_fault == Fault.TheThreadLooksBeforeItTakes ? !waited : Schedule.Current.Read(in _shared->Waiters) == 0)
                return;
            AddToWatch();
        }

        private void AddToWatch()
        {
            if (!_shared->Flag.IsSet && _shared->Flag.TrySet())
                Schedule.Current.Atomic(() => Interlocked.Increment(ref _shared->Watched));
        }

        /// <summary>Finds at each look that the handler is slow.</summary>
        private void Watch()
        {
            if (_isWatched)
                AddToWatch();
            while (true)
            {
                Schedule.Current.WaitUntil(() => _shared->Watched != 0);
                Schedule.Current.Atomic(() => Interlocked.Decrement(ref _shared->Watched));
                _shared->Flag.End(new LastLook(this));
                Schedule.Current.Read(in _shared->Watched);      // a step, before which the watch's writes may not be visible yet
            }
        }

        private struct Shared
        {
            public TurnFlag<ExploredMemory> Flag;
            public int Waiters;
            public int Places;
            public int Watched;
        }
    }
}

using System.Runtime.InteropServices;
using Tame.Runtime.Tests.Running;

namespace Tame.Stages.Tests.Running;

/// <summary>
/// A runner that claims the entries of its chunk, a thread that takes back what is left, and one that reads the length of the queue, in every order of steps. Each entry gets one owner, and the queue never
/// looks empty while an entry waits.
/// </summary>
public sealed class ClaimsTests
{
    private const int Preemptions = 3;

    internal enum Fault
    {
        None,
        TheClaimIsAPlainWrite,
        TakingBackIsAPlainWrite,
        WhatIsTakenBackIsAddedLate,
        TheAddedEntriesAreReadFirst,
    }

    [Fact]
    public void No_order_gives_an_entry_to_two_threads_or_to_none()
    {
        var explorer = new Explorer(Preemptions);
        Assert.Null(explorer.Explore(schedule => World.Make(schedule, Fault.None)));
        Assert.True(explorer.Runs > 10);
    }

    [Theory]
    [InlineData(Fault.TheClaimIsAPlainWrite, "twice")]
    [InlineData(Fault.TakingBackIsAPlainWrite, "twice")]
    [InlineData(Fault.WhatIsTakenBackIsAddedLate, "looks empty")]
    [InlineData(Fault.TheAddedEntriesAreReadFirst, "looks empty")]
    internal void The_explorer_finds_a_fault_that_is_planted(Fault fault, string words) =>
        Assert.Contains(words, new Explorer(Preemptions).Explore(schedule => World.Make(schedule, fault)), StringComparison.Ordinal);

    private sealed unsafe class World : ExploredWorld
    {
        private const int Entries = 3;

        /// <summary>The runner stops here, so that at least one entry is queued all the time.</summary>
        private const int Claimed = 2;
        private readonly Shared* _shared = (Shared*)NativeMemory.AllocZeroed((nuint)sizeof(Shared));
        private readonly int[] _owners = new int[Entries];
        private readonly Fault _fault;
        private bool _looksEmpty;
        private bool _isAddedLate;
        private int _takenBack;

        private World(Fault fault)
        {
            _fault = fault;
            _shared->Added = Entries;
            _shared->Claims.Open(Entries);
        }

        ~World() => NativeMemory.Free(_shared);

        public static (Action[] Threads, Func<string?> Check) Make(Schedule schedule, Fault fault)
        {
            var world = new World(fault);
            schedule.World = world;
            return ([world.Run, world.TakeBack, world.Look], world.Check);
        }

        public override bool TryChange(ref long place, long from, long to)
        {
            if (_fault != Fault.TheClaimIsAPlainWrite)
                return base.TryChange(ref place, from, to);
            base.Exchange(ref place, to);
            return true;
        }

        public override long Exchange(ref long place, long value)
        {
            if (_fault != Fault.TakingBackIsAPlainWrite)
                return base.Exchange(ref place, value);
            long before = Read(in place);
            base.Exchange(ref place, value);
            return before;
        }

        public override void Write(ref long place, long value)
        {
            if (_fault != Fault.WhatIsTakenBackIsAddedLate || _isAddedLate)
                base.Exchange(ref place, value);
            _isAddedLate = true;
        }

        private string? Check()
        {
            if (_looksEmpty)
                return "The queue looks empty";
            if (_owners.Any(owners => owners > 1))
                return "An entry was taken twice";
            return _owners.Contains(0) ? "An entry is lost" : _shared->Added != Entries + _takenBack ? "The length of the queue is wrong" : null;
        }

        private void Run()
        {
            for (int i = 0; i < Claimed; i++)
            {
                if (_shared->Claims.Claim() is >= 0 and int index)
                    _owners[index]++;
            }
        }

        private void TakeBack()
        {
            int count = _shared->Claims.TakeBack(ref _shared->Added, out int first);
            for (int i = 0; i < count; i++)
                _owners[first + i]++;
            _takenBack = count;
        }

        private void Look()
        {
            long added = _fault == Fault.TheAddedEntriesAreReadFirst ? Read(in _shared->Added) : 0;
            long taken = _shared->Claims.Taken;
            if (_fault != Fault.TheAddedEntriesAreReadFirst)
                added = Read(in _shared->Added);
            _looksEmpty = added - taken <= 0;
        }

        private struct Shared
        {
            public Claims<ExploredMemory> Claims;
            public long Added;
        }
    }
}

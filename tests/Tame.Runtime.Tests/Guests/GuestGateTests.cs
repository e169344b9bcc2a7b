using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Tame.Runtime.Tests.Running;

namespace Tame.Runtime.Tests.Guests;

/// <summary>The protocol of entering and leaving a guest, in every order of steps: no end state has it without a turn while something is there for it, and no two turns overlap.</summary>
[Collection(nameof(Alone))]
public sealed class GuestGateTests
{
    /// <summary>A turn has many steps, so that one is enough here, and finds each fault that is planted. The script <c>long sleep</c> asks for more.</summary>
    private static readonly int s_preemptions = int.Parse(Environment.GetEnvironmentVariable("TAME_PREEMPTIONS") ?? "1", System.Globalization.CultureInfo.InvariantCulture);

    public static TheoryData<string> Others =>
    [
        "post", "two: begun post", "begun post", "begun stop", "begun cut", "stopped cut", "begun hold", "begun ring",
        .. s_preemptions > 2 ? ["begun post post", "begun post stop", "begun post hold", "stopped cut post"] : Array.Empty<string>(),
    ];

    [Theory]
    [MemberData(nameof(Others))]
    public void No_order_leaves_a_guest_without_the_turn_that_it_needs(string others)
    {
        var explorer = new Explorer(s_preemptions);
        Assert.Null(explorer.Explore(schedule => World.Make(schedule, others, Fault.None)));
        TestContext.Current.TestOutputHelper?.WriteLine($"{others}: {explorer.Runs} orders");
        Assert.True(explorer.Runs > 10);
    }

    [Theory]
    [InlineData("begun post", Fault.SleepingIsAPlainWrite, "without a turn")]
    [InlineData("begun post", Fault.InboxIsNotReadAgain, "without a turn")]
    [InlineData("begun hold", Fault.HoldsAreNotReadAgain, "without a turn")]
    [InlineData("begun stop", Fault.StopHasNoFence, "without a turn")]
    [InlineData("stopped cut", Fault.StopIsTakenByAPlainWrite, "without a turn")]
    [InlineData("begun ring", Fault.TheAlarmOnlyWakes, "without a turn")]
    [InlineData("two: begun post", Fault.TheTurnIsGivenUpAfterwards, "overlap")]
    internal void The_explorer_finds_a_fault_that_is_planted(string others, Fault fault, string found) =>
        Assert.Contains(found, new Explorer(s_preemptions).Explore(schedule => World.Make(schedule, others, fault)), StringComparison.Ordinal);

    internal enum Fault
    {
        None,
        SleepingIsAPlainWrite,
        StopHasNoFence,
        StopIsTakenByAPlainWrite,
        HoldsAreNotReadAgain,
        InboxIsNotReadAgain,
        TheAlarmOnlyWakes,
        TheTurnIsGivenUpAfterwards,
    }

    /// <summary>A guest on a host with two threads, which make the turns that are asked for.</summary>
    internal sealed unsafe class World : IExploredWorld
    {
        private readonly Shared* _shared = (Shared*)NativeMemory.AllocZeroed((nuint)sizeof(Shared));
        private readonly Fault _fault;
        private readonly string[] _others;
        private int _taken;
        private int _stops;
        private bool _hasSeenCut;
        private bool _hasSeenRing;
        private TimeHolds _seen;
        private bool _overlapped;
        private bool _isLeaving;

        private World(string[] others, Fault fault)
        {
            (_others, _fault) = (others, fault);
            bool isBegun = others.Contains("begun") || others.Contains("stopped");
            (_shared->Sleeping, _shared->Asked) = isBegun ? (0, 1) : (1, 0);
            if (others[0] == "stopped")
                *(int*)_shared = 1;         // the gate comes first, and begins with whether it stops
            if (others.Contains("hold"))
                _shared->Gate.AddTimeHold();
            _seen = Now();
        }

        ~World() => NativeMemory.Free(_shared);

        public ref int Sleeping => ref _shared->Sleeping;

        public static (Action[] Threads, Func<string?> Check) Make(Schedule schedule, string others, Fault fault)
        {
            var world = new World(others.Split(' '), fault);
            schedule.World = world;
            string[] threads = ThreadsOf(world._others);
            Action[] hosts = world._others[0] == "two:" ? [world.Host, world.Host] : [world.Host];      // each thread multiplies the orders
            return ([.. hosts, .. threads.Select(world.Other)], world.Check);
        }

        /// <summary>What is not how the world begins: with a turn that is asked for, perhaps since the guest is told to stop; or with two threads of the host.</summary>
        public static string[] ThreadsOf(string[] others) => [.. others.Where(other => other is not ("begun" or "stopped" or "two:"))];

        public int Read(ref readonly int place) => Schedule.Current.Read(in place);

        public int Exchange(ref int place, int value)
        {
            nint address = AddressOf(in place);
            bool isSleeping = address == AddressOf(in _shared->Sleeping);
            bool isPlain = isSleeping ? _fault == Fault.SleepingIsAPlainWrite && value == 1
                : value == 1 ? _fault == Fault.StopHasNoFence : _fault == Fault.StopIsTakenByAPlainWrite;
            if (!isPlain)
                return Schedule.Current.Atomic(() => Interlocked.Exchange(ref *(int*)address, value));
            int before = Schedule.Current.Read(in place);
            Schedule.Current.Write(ref place, value);
            return before;
        }

        public bool IsInboxEmpty() => _fault == Fault.InboxIsNotReadAgain && _isLeaving || Schedule.Current.Read(in _shared->Inbox) == 0;

        public void Sleep() => throw new InvalidOperationException("A guest does not sleep.");

        public void Wake() => Ask();

        /// <summary>A turn is asked for.</summary>
        private void Ask() => Schedule.Current.Atomic(() => Interlocked.Increment(ref _shared->Asked));

        private static nint AddressOf(ref readonly int place) => (nint)Unsafe.AsPointer(ref Unsafe.AsRef(in place));

        private TimeHolds Now() => new(_others.Contains("hold") ? 1 : 0, 0, 0);

        private string? Check()
        {
            if (_overlapped)
                return "two turns overlap";
            bool hasMissed = _taken < _others.Count(other => other == "post" || other == "ring" && _fault != Fault.TheAlarmOnlyWakes)
                || _others.Contains("ring") && !_hasSeenRing || _others.Contains("stop") && _stops == 0
                || _others.Contains("cut") && !_hasSeenCut || _others.Contains("hold") && _seen.Any;
            return hasMissed ? "the guest is without a turn" : null;
        }

        /// <summary>A thread of the host: makes turns that are asked for, until none can come.</summary>
        private void Host()
        {
            while (true)
            {
                Schedule.Current.WaitUntil(() => _shared->Asked > 0);
                if (Schedule.Current.Atomic(() => _shared->Asked > 0 ? _shared->Asked-- : 0) == 0)
                    continue;
                if (Schedule.Current.Atomic(() => Interlocked.Exchange(ref _shared->InTurn, 1)) != 0)
                {
                    _overlapped = true;
                    return;
                }
                Turn();
            }
        }

        /// <summary>What GuestTurns does in a turn, as far as it has to do with other threads.</summary>
        private void Turn()
        {
            Schedule.Current.Write(ref _shared->Sleeping, 0);
            TimeHolds holds;
            while (true)
            {
                if (_shared->Gate.TakeStop())
                {
                    _stops++;
                    _hasSeenCut |= Schedule.Current.Read(in _shared->IsCut) != 0;
                }
                _taken += Schedule.Current.Atomic(() => Interlocked.Exchange(ref _shared->Inbox, 0));
                _hasSeenRing |= Schedule.Current.Read(in _shared->Rung) != 0;
                holds = _shared->Gate.Holds;
                _seen = holds;
                if (IsInboxEmpty())
                    break;
            }
            if (_fault != Fault.TheTurnIsGivenUpAfterwards)
                Schedule.Current.Write(ref _shared->InTurn, 0);
            _isLeaving = true;
            bool hasLeft = _shared->Gate.TryLeave(new ExploredMemory(this), _fault == Fault.HoldsAreNotReadAgain ? _shared->Gate.Holds : holds);
            _isLeaving = false;
            if (_fault == Fault.TheTurnIsGivenUpAfterwards)
                Schedule.Current.Write(ref _shared->InTurn, 0);
            if (!hasLeft)
                Ask();
        }

        private Action Other(string name) => name switch
        {
            "post" => Post,
            "ring" => Ring,
            "stop" => () => _shared->Gate.Stop(new ExploredMemory(this)),
            "cut" => () =>
            {
                Schedule.Current.Write(ref _shared->IsCut, 1);
                _shared->Gate.Stop(new ExploredMemory(this));
            }
            ,
            _ => () => _shared->Gate.RemoveTimeHold(new ExploredMemory(this)),
        };

        private void Post()
        {
            Schedule.Current.Atomic(() => Interlocked.Increment(ref _shared->Inbox));
            _shared->Gate.WakeUp(new ExploredMemory(this));
        }

        /// <summary>The alarm rings while the turn that set it may still run: by a message, so that who leaves sees it.</summary>
        private void Ring()
        {
            Schedule.Current.Atomic(() => Interlocked.Increment(ref _shared->Rung));
            if (_fault == Fault.TheAlarmOnlyWakes)
                _shared->Gate.WakeUp(new ExploredMemory(this));
            else
                Post();
        }

        private struct Shared
        {
            public SleepGate<ExploredMemory> Gate;
            public int Sleeping;
            public int Inbox;
            public int InTurn;
            public int Asked;
            public int IsCut;
            public int Rung;
        }
    }
}

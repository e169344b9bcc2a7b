using System.Runtime.InteropServices;
using Tame.IO;

namespace Tame.Runtime.Tests.Running;

/// <summary>The protocol of sleeping and waking, in every order of steps. In no end state is the loop asleep while something has arrived for it.</summary>
[Collection(nameof(Alone))]
public sealed class SleepGateTests
{
    /// <summary>The script <c>long sleep</c> sets a higher number.</summary>
    private static readonly int s_preemptions = int.Parse(Environment.GetEnvironmentVariable("TAME_PREEMPTIONS") ?? "2", System.Globalization.CultureInfo.InvariantCulture);

    public static TheoryData<string> Others => ["post", "post post", "stop", "post stop", "hold post", "hold stop", "hold", "work", "hold work", .. s_preemptions > 2 ? ["post post stop"] : Array.Empty<string>()];

    [Theory]
    [MemberData(nameof(Others))]
    public void No_order_lets_the_loop_sleep_over_what_came(string others)
    {
        var explorer = new Explorer(s_preemptions);
        Assert.Null(explorer.Explore(schedule => World.Make(schedule, others, Fault.None)));
        TestContext.Current.TestOutputHelper?.WriteLine($"{others}: {explorer.Runs} orders");
        Assert.True(explorer.Runs > 10);
    }

    [Theory]
    [InlineData("post", Fault.SleepingIsAPlainWrite)]
    [InlineData("stop", Fault.StopHasNoFence)]
    [InlineData("hold", Fault.HoldsAreNotReadAgain)]
    [InlineData("work", Fault.HoldsAreNotReadAgain)]
    [InlineData("post", Fault.InboxIsNotReadAgain)]
    internal void The_explorer_finds_a_fault_that_is_planted(string others, Fault fault) =>
        Assert.Contains("asleep", new Explorer(s_preemptions).Explore(schedule => World.Make(schedule, others, fault)), StringComparison.Ordinal);

    internal enum Fault
    {
        None,
        SleepingIsAPlainWrite,
        StopHasNoFence,
        HoldsAreNotReadAgain,
        InboxIsNotReadAgain,
    }

    /// <summary>A loop that has only what the others send, hold, and stop.</summary>
#pragma warning disable CA1001 // The signal has nothing to dispose.
    internal sealed unsafe class World : IExploredWorld
#pragma warning restore CA1001
    {
        private readonly Shared* _shared = (Shared*)NativeMemory.AllocZeroed((nuint)sizeof(Shared));
        private readonly Signal _signal = new();
        private readonly Dictionary<nint, int> _lastRead = [];
        private readonly Fault _fault;
        private readonly int _posts;
        private readonly bool _stops;
        private bool _isFallingAsleep;

        private World(string[] others, Fault fault)
        {
            _fault = fault;
            _posts = others.Count(other => other == "post");
            _stops = others.Contains("stop");
            foreach (string other in others)
            {
                if (other == "hold")
                    _shared->Gate.AddTimeHold();
                else if (other == "work")
                    _shared->Gate.AddOutsideWork(isRunning: true);
            }
        }

        ~World() => NativeMemory.Free(_shared);

        public ref int Sleeping => ref _shared->Sleeping;

        public static (Action[] Threads, Func<string?> Check) Make(Schedule schedule, string others, Fault fault)
        {
            string[] names = others.Split(' ');
            var world = new World(names, fault);
            schedule.World = world;
            return ([world.Loop, .. names.Select(world.Other)], () => schedule.IsWaiting(0) ? "the loop is asleep" : null);
        }

        public int Read(ref readonly int place)
        {
            nint address = AddressOf(in place);
            if (_isFallingAsleep && _fault == Fault.HoldsAreNotReadAgain && IsHold(address) && _lastRead.TryGetValue(address, out int last))
                return last;
            return _lastRead[address] = Schedule.Current.Read(in place);
        }

        public int Exchange(ref int place, int value)
        {
            bool isSleeping = AddressOf(in place) == AddressOf(in _shared->Sleeping);
            _isFallingAsleep |= isSleeping && value == 1;
            if (_fault == Fault.SleepingIsAPlainWrite && isSleeping && value == 1 || _fault == Fault.StopHasNoFence && !isSleeping)
            {
                Schedule.Current.Write(ref place, value);
                return 0;
            }
            nint address = AddressOf(in place);
            return Schedule.Current.Atomic(() => Interlocked.Exchange(ref *(int*)address, value));
        }

        public bool IsInboxEmpty() => _fault == Fault.InboxIsNotReadAgain || Schedule.Current.Read(in _shared->Inbox) == 0;

        public void Sleep()
        {
            if (Schedule.Current.Atomic(_signal.TryFallAsleep))
                Schedule.Current.WaitUntil(() => _signal.IsWritten);
            _signal.IsWritten = false;
            Schedule.Current.Atomic(() =>
            {
                _signal.WakeUp();
                return 0;
            });
        }

        public void Wake() => _signal.Signal();

        private static nint AddressOf(ref readonly int place) => (nint)System.Runtime.CompilerServices.Unsafe.AsPointer(ref System.Runtime.CompilerServices.Unsafe.AsRef(in place));

        /// <summary>The gate has four numbers: first whether it stops, and then the holds of time.</summary>
        private bool IsHold(nint address) => address > (nint)_shared && address < (nint)_shared + sizeof(SleepGate<ExploredMemory>);

        /// <summary>The steps of a loop between two sleeps that involve other threads.</summary>
        private void Loop()
        {
            int taken = 0;
            while (true)
            {
                taken += Schedule.Current.Atomic(() => Interlocked.Exchange(ref _shared->Inbox, 0));
                if (_shared->Gate.IsStopping)
                    return;
                var holds = _shared->Gate.Holds;
                if (Schedule.Current.Read(in _shared->Inbox) != 0)
                    continue;
                if (!holds.Any && taken == _posts && !_stops)
                    return;
                _shared->Gate.Sleep(new ExploredMemory(this), Timeout.Infinite, holds);
                _isFallingAsleep = false;
            }
        }

        private Action Other(string name) => name switch
        {
            "post" => () =>
            {
                Schedule.Current.Atomic(() => Interlocked.Increment(ref _shared->Inbox));
                _shared->Gate.WakeUp(new ExploredMemory(this));
            }
            ,
            "stop" => () => _shared->Gate.Stop(new ExploredMemory(this)),
            "hold" => () => _shared->Gate.RemoveTimeHold(new ExploredMemory(this)),
            _ => () => _shared->Gate.RemoveOutsideWork(new ExploredMemory(this), isRunning: true),
        };

        private struct Shared
        {
            public SleepGate<ExploredMemory> Gate;
            public int Sleeping;
            public int Inbox;
        }
    }

    /// <summary>The loop's own signal, whose pipe is a flag.</summary>
    private sealed class Signal : WakeSignal
    {
        public bool IsWritten;

        public override void Dispose()
        {
        }

        protected override void Write() => Schedule.Current.Atomic(() => IsWritten = true);
    }
}

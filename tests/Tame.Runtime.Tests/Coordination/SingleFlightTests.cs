using CsCheck;
using Tame.CompilerServices;

namespace Tame.Runtime.Tests.Coordination;

public sealed class SingleFlightTests
{
    private const int AtOnce = 3, Throwing = 4;

    public static TheoryData<string> WaysToLeave => WaysOut.All;

    [Fact]
    public void Callers_of_a_key_share_an_operation_until_it_ends_or_the_last_of_them_leaves() =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 11], Gen.Bool).Array[0, 40].Sample(Compare, iter: 2_000);

    [Theory]
    [MemberData(nameof(WaysToLeave))]
    public void An_operation_that_the_last_caller_has_left_is_cancelled(string way)
    {
        var started = new List<Event<int>>();
        var flights = new SingleFlight<string, int>((_, e) => started.Add(e));
        Loops.RunOpenEnded(
            c => WaysOut.Check(way, c, e => flights.Run("a", e), () =>
            {
                Assert.Equal(0, flights.UnderWay);
                flights.Run("a", Event<int>.Ignored);
                Assert.Equal(2, started.Count);
                Primitives.timer(TimeSpan.FromTicks(1), c.Make(new Rendezvous(), 1));
            }),
            c => Primitives.timer(TimeSpan.FromSeconds(9), c.Make(1)),
            _ => Assert.Equal((false, true), (started[0].IsPending, started[1].IsPending)));
    }

    [Fact]
    public void Keys_are_equal_as_the_comparer_says()
    {
        var keys = new List<string>();
        var flights = new SingleFlight<string, int>((key, _) => keys.Add(key), StringComparer.OrdinalIgnoreCase);
        Loops.RunOpenEnded(_ =>
        {
            foreach (string key in new[] { "a", "A", "b" })
                flights.Run(key, Event<int>.Ignored);
        });
        Assert.Equal(["a", "b"], keys);
        Assert.Throws<ArgumentNullException>(() => flights.Run(null!, default));
        Assert.Throws<ArgumentNullException>(() => new SingleFlight<int, int>(null!));
    }

    [Fact]
    public void When_its_loop_has_ended_the_next_begins_anew()
    {
        int starts = 0;
        var flights = new SingleFlight<int, int>((_, _) => starts++);
        for (int i = 0; i < 2; i++)
            Loops.RunOpenEnded(c => flights.Run(1, c.Make(new Rendezvous(), c.Slot(ref c.A), 1)));
        Assert.Equal(2, starts);
    }

    [Fact]
    public void A_caller_that_comes_while_the_loop_ends_does_not_wait_for_an_operation_that_has_ended()
    {
        Event<int> operation = default;
        var late = new Rendezvous();
        var flights = new SingleFlight<int, int>((_, e) => operation = e);
        Loops.RunOpenEnded(_ =>
        {
            flights.Run(1, Event<int>.Ignored);
            Call.Start(cleaner =>
            {
                if (cleaner.State == 0)
                {
                    cleaner.EnterBlock();
                    Primitives.timer(TimeSpan.FromDays(1), cleaner.Make(1));
                    cleaner.BlockDone(1);
                    return;
                }
                try
                {
                    cleaner.EndBlockOrThrow();
                }
                catch (OperationCanceledException)
                {
                    flights.Run(1, cleaner.Make(late, Slot<int>.Discard, 1));
                }
            });
        });
        Assert.True(late.TryJoin(out var error));
        Assert.IsAssignableFrom<OperationCanceledException>(error);
        Assert.False(operation.IsPending);
    }

    [Fact]
    public void A_shared_operation_leaves_nothing_behind()
    {
        var flights = new SingleFlight<int, int>((key, e) => Operations.After(key, () => e.Trigger(key)));
        Loops.RunBlocks(
            c =>
            {
                flights.Run(5, c.Make(c.Slot(ref c.A), 1));
                flights.Run(5, c.Make(c.Slot(ref c.B), 1));
                flights.Run(7, c.Make(c.Slot(ref c.C), 1).WithTimeout(TimeSpan.FromTicks(6), Event<bool>.Ignored));
            },
            c => Assert.Equal((5, 5, 0, 0), (c.A, c.B, c.C, flights.UnderWay)),
            c => Primitives.timer(TimeSpan.FromSeconds(1), c.Make(1)));
    }

    private static void Compare((int Action, int Choice, bool Settles)[] steps)
    {
        Model model = null!;
        var blocks = new List<Action<Call>> { c => model = new Model(c, new Rendezvous<int>()) };
        foreach (var (action, choice, settles) in steps)
        {
            blocks.Add(c =>
            {
                model.Do(action, choice);
                if (settles)
                    Primitives.timer(TimeSpan.FromTicks(1), c.Make(1));
            });
            if (settles)
                blocks.Add(_ => model.Check());
        }
        Loops.RunOpenEnded([.. blocks]);
    }

    /// <summary>The object, with lists of the callers of each operation.</summary>
    private sealed class Model
    {
        private readonly Call _call;
        private readonly SingleFlight<int, int> _flights;
        private readonly Rendezvous<int> _events;
        private readonly Dictionary<int, int[]> _slots = [];
        private readonly List<Operation> _underWay = [];
        private readonly List<(int Id, string Result)> _expected = [];
        private readonly List<(int Id, string Result)> _received = [];
        private readonly List<Operation> _landed = [];
        private readonly List<Event<int>> _started = [];
        private readonly List<Event<int>> _over = [];
        private int _starts, _ids;

        public Model(Call call, Rendezvous<int> events)
        {
            (_call, _events) = (call, events);
            _flights = new SingleFlight<int, int>(Start);
        }

        public void Do(int action, int choice)
        {
            if (action <= 4)
                Run(choice % 5);
            else if (action <= 6)
                Leave(choice);
            else
                Complete(choice, isFailure: action == 9);
        }

        public void Check()
        {
            foreach (var operation in _landed)
                _expected.AddRange(operation.Callers.Select(caller => (caller.Id, operation.Result)));
            _underWay.RemoveAll(_landed.Contains);
            _landed.Clear();
            while (_events.TryJoin(out int id, out var error))
                _received.Add((id, error?.Message ?? $"{_slots[id][0]}"));
            Assert.Equal(_expected, _received);
            Assert.Equal(_starts, _started.Count);
            Assert.Equal(_underWay.Count, _flights.UnderWay);
            Assert.DoesNotContain(_over, e => e.IsPending);
        }

        private void Start(int key, Event<int> e)
        {
            _started.Add(e);
            if (key == AtOnce)
                e.Trigger(_started.Count);
            if (key == Throwing)
                throw new InvalidOperationException($"{_started.Count}");
        }

        private void Run(int key)
        {
            int id = ++_ids;
            int[] slot = _slots[id] = new int[1];
            var e = _call.Make(_events, id, Slot.At(slot, ref slot[0]), 1);
            if (key is AtOnce or Throwing)
            {
                _expected.Add((id, $"{++_starts}"));
                _flights.Run(key, e);
                return;
            }
            var operation = _underWay.Find(operation => operation.Key == key);
            bool isNew = operation is null;
            if (operation is null)
            {
                _starts++;
                _underWay.Add(operation = new Operation { Key = key });
            }
            operation.Callers.Add((id, e));
            _flights.Run(key, e);
            if (isNew)
                operation.Event = _started[^1];
        }

        private void Leave(int choice)
        {
            var all = _underWay.SelectMany(operation => operation.Callers.Select(caller => (operation, caller))).ToList();
            if (all.Count == 0)
                return;
            var (operation, caller) = all[choice % all.Count];
            operation.Callers.Remove(caller);
            _expected.Add((caller.Id, "0"));
            if (operation.Callers.Count == 0)
            {
                _underWay.Remove(operation);
                _landed.Remove(operation);
                _over.Add(operation.Event);
            }
            Assert.True(caller.Event.Unblock());
        }

        private void Complete(int choice, bool isFailure)
        {
            var open = _underWay.Except(_landed).ToList();
            if (open.Count == 0)
                return;
            var operation = open[choice % open.Count];
            operation.Result = $"{100 + ++_ids}";
            _landed.Add(operation);
            Assert.True(isFailure ? operation.Event.Fail(new InvalidOperationException(operation.Result)) : operation.Event.Trigger(100 + _ids));
        }
    }

    private sealed class Operation
    {
        public List<(int Id, Event<int> Event)> Callers { get; } = [];

        public int Key { get; init; }

        public Event<int> Event { get; set; }

        public string Result { get; set; } = "";
    }
}

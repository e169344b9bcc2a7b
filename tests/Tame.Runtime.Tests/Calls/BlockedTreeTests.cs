namespace Tame.Runtime.Tests.Calls;

/// <summary>Which waiting call waits for which.</summary>
public sealed class BlockedTreeTests
{
    private readonly List<object> _held = [];

    [Fact]
    public void A_call_waits_for_the_calls_that_have_its_events_as_parameters()
    {
        OnLoop(loop =>
        {
            Block(10, default, c =>
            {
                Block(20, c.Make(1));
                Block(30, c.Make(2), inner => Block(40, inner.Make(3)));
            });
            Assert.Equal([20, 40, 30, 10], Lines(loop.Blocked));
            Assert.Equal([20, 30], Lines(At(loop, 10).WaitsFor));
            Assert.Equal([40], Lines(At(loop, 30).WaitsFor));
            Assert.Empty(At(loop, 20).WaitsFor);
            Assert.Equal(
                """
                Tests.Call at Call.cs:10
                  Tests.Call at Call.cs:20
                  Tests.Call at Call.cs:30
                    Tests.Call at Call.cs:40
                """,
                loop.BlockedTree());
        });
    }

    [Fact]
    public void An_event_that_only_other_code_holds_shows_no_callee()
    {
        OnLoop(loop =>
        {
            Block(10, default, c => _held.Add(c.Make(1)));
            Block(20, default);
            Assert.All(loop.Blocked, call => Assert.Empty(call.WaitsFor));
            Assert.Equal("Tests.Call at Call.cs:10\nTests.Call at Call.cs:20", loop.BlockedTree());
        });
    }

    [Fact]
    public void A_call_that_has_triggered_its_event_is_not_waited_for()
    {
        OnLoop(loop =>
        {
            Block(10, default, c =>
            {
                var e = c.Make(1);
                Block(20, e);
                Block(30, c.Make(2));
                e.Trigger();
            });
            Assert.Equal([30], Lines(At(loop, 10).WaitsFor));
        });
    }

    [Fact]
    public void Events_of_an_outer_block_are_not_waited_for_inside_the_inner_one()
    {
        OnLoop(loop =>
        {
            Block(10, default, c =>
            {
                Block(20, c.Make(1));
                c.EnterBlock();
                Block(30, c.Make(2));
            });
            Assert.Equal([30], Lines(At(loop, 10).WaitsFor));
        });
    }

    [Fact]
    public void A_waiter_on_a_rendezvous_waits_for_each_call_that_has_an_event_of_it()
    {
        OnLoop(loop =>
        {
            var r = new Rendezvous<int>();
            Call.Start(c =>
            {
                Block(20, c.Make(r, 1, 1));
                Block(30, c.Make(r, 2, 2));
                Join(c, r, 10);
            });
            Assert.Equal([20, 30], Lines(At(loop, 10).WaitsFor));
        });
    }

    [Fact]
    public void An_event_behind_another_one_is_found()
    {
        OnLoop(loop =>
        {
            Block(10, default, c =>
            {
                Block(20, c.Make(1) + c.Make(2));
                Block(30, result: c.Make(c.Slot(ref c.A), 1).Map((int value) => value + 1));
                Block(40, c.Make(c.Slot(ref c.B), 1).Bind(1));
                Block(50, result: c.Make(c.Slot(ref c.C), 1) + c.Make(c.Slot(ref c.D), 1));
                Block(60, Before(c.Make(1)));
            });
            Assert.Equal([20, 30, 40, 50, 60], Lines(At(loop, 10).WaitsFor));
        });
    }

    [Fact]
    public void An_AtTrigger_within_one_block_is_followed()
    {
        OnLoop(loop =>
        {
            Block(10, default, c =>
            {
                var first = c.Make(1);
                first.AtTrigger(c.Make(2));
                Block(20, first);
            });
            Assert.Equal([20], Lines(At(loop, 10).WaitsFor));
        });
    }

    [Fact]
    public void A_cycle_is_shown_once()
    {
        OnLoop(loop =>
        {
            Rendezvous<int> left = new(), right = new();
            Event ofLeft = default, ofRight = default;
            Call.Start(c => (ofLeft, ofRight) = (c.Make(left, 1, 1), c.Make(right, 1, 2)));
            Call.Start(c => Join(c, left, 10), ofRight);
            Call.Start(c => Join(c, right, 20), ofLeft);
            Block(30, default);
            Assert.Equal([20], Lines(At(loop, 10).WaitsFor));
            Assert.Equal([10], Lines(At(loop, 20).WaitsFor));
            Assert.Equal(
                """
                Tests.Call at Call.cs:30
                Tests.Call at Call.cs:10
                  Tests.Call at Call.cs:20
                    Tests.Call at Call.cs:10 (a cycle: shown above)
                """,
                loop.BlockedTree());
            Assert.Equal(loop.Blocked, loop.Blocked);
            Assert.Equal(At(loop, 10).GetHashCode(), At(loop, 10).GetHashCode());
            Assert.Equal("BlockedCall { Method = Tests.Call, File = Call.cs, Line = 10, Since = 00:00:00 }", At(loop, 10).ToString());
        });
    }

    [Fact]
    public void A_call_that_two_wait_for_is_written_out_once()
    {
        OnLoop(loop =>
        {
            var r = new Rendezvous<int>();
            Event first = default, second = default;
            Call.Start(c => Join(c, r, 10, () => first = c.Make(r, 1, 1)));
            Block(20, default, c => second = c.Make(1));
            Block(30, first, c => Block(40, c.Make(1)), result: default, second);
            Assert.Equal(
                """
                Tests.Call at Call.cs:10
                  Tests.Call at Call.cs:30
                    Tests.Call at Call.cs:40
                Tests.Call at Call.cs:20
                  Tests.Call at Call.cs:30 (shown above)
                """,
                loop.BlockedTree());
        });
    }

    [Fact]
    public void A_hundred_calls_are_written_and_the_others_are_counted()
    {
        OnLoop(loop =>
        {
            for (int i = 0; i < 1234; i++)
                Block(10, default);
            string[] lines = loop.BlockedTree().Split('\n');
            Assert.Equal(101, lines.Length);
            Assert.Equal("... and 1134 more calls", lines[^1]);
        });
    }

    [Fact]
    public void A_look_leaves_the_events_as_they_are()
    {
        OnLoop(loop =>
        {
            Event late = default;
            Call.Start(c =>
            {
                var r = new Rendezvous();
                late = c.Make(r, 1);
                Block(20, late);
                r.Cancel();
            });
            int free = loop.Pools.Lifelines.Count;
            Assert.Empty(At(loop, 20).WaitsFor);
            Assert.Equal(free, loop.Pools.Lifelines.Count);
            Assert.False(late.Trigger());
            Assert.Equal(free + 1, loop.Pools.Lifelines.Count);
        });
    }

    private static void OnLoop(Action<EventLoop> test)
    {
        using var loop = new EventLoop(new EventLoopOptions { VirtualTime = true, OnExit = ExitBehavior.Abandon });
        test(loop);
    }

    private static IEnumerable<int> Lines(IEnumerable<BlockedCall> calls) => calls.Select(call => call.Line);

    private static BlockedCall At(EventLoop loop, int line) => Assert.Single(loop.Blocked, call => call.Line == line);

    /// <summary>An event that triggers another.</summary>
    private static Event Before(Event target)
    {
        Event before = default;
        Call.Start(c => before = c.Make(new Rendezvous(), 1));
        before.AtTrigger(target);
        return before;
    }

    /// <summary>Starts a call that waits in a block, for what is created there and for an event that the test holds.</summary>
    private void Block(int line, Event done = default, Action<Call>? inside = null, Event<int> result = default, Event further = default) => Call.Make(
        c =>
        {
            if (c.State != 0)
                return;
            c.EnterBlock();
            inside?.Invoke(c);
            _held.Add(c.Make(line));
            c.BlockDone(line);
        },
        done,
        result).With(further).Start();

    private static void Join(Call c, Rendezvous<int> r, int line, Action? before = null)
    {
        if (c.State != 0)
            return;
        before?.Invoke();
        c.BeginJoin(r);
        c.JoinReady(line);
    }
}

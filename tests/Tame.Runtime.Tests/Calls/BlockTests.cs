namespace Tame.Runtime.Tests.Calls;

public sealed class BlockTests
{
    [Fact]
    public void A_block_whose_events_have_all_triggered_does_not_wait()
    {
        Loops.Run(done =>
        {
            bool ended = false;
            Call.Blocks(default, c => c.Make(1).Trigger(), _ => { }, _ => ended = true);
            Assert.True(ended);
            done.Trigger();
        });
    }

    [Fact]
    public void A_call_resumes_when_the_last_event_of_its_block_triggers()
    {
        bool ended = false;
        Loops.Run(done =>
        {
            var events = new Event[100];
            Call.Blocks(
                done,
                c =>
                {
                    for (int i = 0; i < events.Length; i++)
                    {
                        events[i] = c.Make(i);
                        Call.Blocks(default, other => other.Make(1).Trigger());     // numbers in between
                    }
                },
                _ => ended = true);
            for (int i = events.Length - 1; i > 0; i--)
            {
                Assert.True(events[i].Trigger());
                Assert.False(events[i].Trigger());
            }
            Assert.Single(EventLoop.Current!.Blocked);
            events[0].Trigger();
            Assert.Empty(EventLoop.Current!.Blocked);
            Assert.False(ended);
        });
        Assert.True(ended);
    }

    [Fact]
    public void Events_belong_to_the_innermost_block()
    {
        Event outer = default, inner = default;
        var log = new List<string>();
        Loops.Run(done =>
        {
            Call.Start(
                c =>
                {
                    switch (c.State)
                    {
                        case 0:
                            c.EnterBlock();
                            outer = c.Make(1);
                            c.EnterBlock();
                            inner = c.Make(2);
                            if (!c.BlockDone(1))
                                return;
                            goto case 1;
                        case 1:
                            log.Add("inner");
                            if (!c.EndBlock() || !c.BlockDone(2))
                                return;
                            goto case 2;
                        case 2:
                            log.Add("outer");
                            if (!c.EndBlock())
                                return;
                            c.Done.Trigger();
                            break;
                    }
                },
                done);
            Call.Blocks(
                default,
                c => Primitives.timer(TimeSpan.FromSeconds(1), c.Make(1)),
                _ => Assert.Empty(log),
                _ => inner.Trigger(),
                c => Primitives.timer(TimeSpan.FromSeconds(1), c.Make(1)),
                _ => Assert.Equal(["inner"], log),
                _ => outer.Trigger());
        });
        Assert.Equal(["inner", "outer"], log);
    }

    [Fact]
    public void Without_a_loop_making_an_event_a_wait_and_each_primitive_name_EventLoop_Run()
    {
        Names(() => Call.Start(c =>
        {
            c.EnterBlock();
            c.Make(1);
        }));
        Names(() => Call.Start(c => c.Make(new Rendezvous(), 1)));
        Names(() => Call.Start(c => c.BeginJoin(new Rendezvous())));
        Names(() => Call.Start(c =>
        {
            c.EnterBlock();
            c.BlockDone(1);
        }));
        Names(() => Primitives.timer(TimeSpan.Zero, default));
        Names(() => Primitives.asap(default));
        Names(() => Primitives.wait_on_fd(0, FdEvents.Read, default));

        static void Names(Action use) =>
            Assert.Contains("EventLoop.Run", Assert.Throws<InvalidOperationException>(use).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Primitives_of_bodies_say_that_the_body_must_not_be_called()
    {
        Assert.Contains("[Tamed]", Assert.Throws<InvalidOperationException>(() => Primitives.twait()).Message, StringComparison.Ordinal);
        Assert.Contains("[Tamed]", Assert.Throws<InvalidOperationException>(() => Primitives.mkevent()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_async_local_of_a_body_flows_over_its_waits_and_not_to_its_caller()
    {
        var local = new AsyncLocal<string?>();
        var seen = new List<string?>();
        Loops.Run(done =>
        {
            Call.Blocks(
                done,
                c =>
                {
                    local.Value = "body";
                    Primitives.asap(c.Make(1));
                },
                _ => seen.Add(local.Value));
            Assert.Null(local.Value);
            Call.Blocks(default, c => Primitives.asap(c.Make(1)), _ => seen.Add(local.Value));
        });
        Assert.Equal(["body", null], seen);
    }

    [Fact]
    public void The_loop_names_its_blocked_calls_the_longest_waiting_first()
    {
        Loops.Run(done =>
        {
            Event first = default, second = default;
            Call.Blocks(default, c => first = c.Make(1));
            Call.Blocks(default, _ => { }, c => second = c.Make(1));
            Assert.Equal(
                [("Tests.Call", "Call.cs", 101), ("Tests.Call", "Call.cs", 102)],
                EventLoop.Current!.Blocked.Select(c => (c.Method, c.File, c.Line)));
            first.Trigger();
            second.Trigger();
            done.Trigger();
        });
    }

    [Fact]
    public void A_recycled_call_is_new_to_the_probe_for_lost_events()
    {
        Loops.Run(done =>
        {
            var loop = EventLoop.Current!;
            Event first = default, second = default;
            Call.Blocks(default, c => first = c.Make(1));
            loop.MarkProbed();
            Assert.Equal(0, loop.Calls.Unprobed);
            first.Trigger();
            loop.Post(() =>
            {
                Call.Blocks(default, c => second = c.Make(1));
                Assert.Equal(1, loop.Calls.Unprobed);
                second.Trigger();
                Assert.Equal(0, loop.Calls.Unprobed);
                done.Trigger();
            });
        });
    }
}

using System.Net;
using Tame.IO;
using static Tame.Testing.Tests.Calls;

namespace Tame.Testing.Tests;

/// <summary>What is left at the end of a test: calls, timers, events, and losses.</summary>
public sealed partial class LeftTests
{
    private static readonly TaskCompletionSource s_work = new();
    private static Event s_kept;

    [Fact]
    public void A_body_that_cleans_up_passes()
    {
        TestLoop.Run(e => Sleep(Seconds(1), e), new TestLoopOptions { NothingLeft = true });
        TestLoop.Run(async () =>
        {
            LoopAssert.NothingLeft();
            await EventLoop.Current!.InvokeAsync(e => Race(cancel: true, e));
        });
        TestLoop.Run(e => Race(cancel: true, e), new TestLoopOptions { NothingLeft = true });
    }

    [Fact]
    public void An_asynchronous_body_ends_behind_its_event()
    {
        for (int i = 0; i < 100; i++)
        {
            TestLoop.Run(
                async e =>
                {
                    await Task.Delay(Seconds(1), EventLoop.Current!.TimeProvider);
                    e.Trigger();
                },
                new TestLoopOptions { NothingLeft = true });
        }
    }

    [Fact]
    public void Calls_that_wait_are_left_with_their_tree()
    {
        var failure = Assert.Throws<LoopAssertException>(() => TestLoop.Run(e =>
        {
            LoopAssert.NothingLeft(); // left
            Tick(Event.Detached);
            Sleep(Seconds(3), e);
        }));
        string place = Place("LoopAssert.NothingLeft(); // left");
        Assert.StartsWith($"NothingLeft at {place} failed: the body of the test at ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(" has ended and leaves 2 calls that wait, 1 timer, 2 pending events.\n", failure.Message, StringComparison.Ordinal);
        Assert.Contains("\nTame.Testing.Tests.Calls.Tick at ", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("and wait for its end.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(place, $"{failure.File}:{failure.Line}");
        Assert.Equal(2, failure.Blocked.Count);
    }

    [Theory]
    [InlineData("timer", "1 timer, 1 pending event.")]
    [InlineData("clock", "1 timer.")]
    [InlineData("event", "1 pending event.")]
    [InlineData("task", "1 pending event, 1 unfinished task.")]
    [InlineData("hold", "1 hold of EventLoop.HoldTime.")]
    [InlineData("race", "1 call that waits, 1 timer, 1 pending event.")]
    public void Everything_else_is_left_too(string what, string told)
    {
        var failure = Assert.Throws<LoopAssertException>(() => TestLoop.Run(e => Leave(what, e), new TestLoopOptions { NothingLeft = true }));
        s_kept = default;
        Assert.Contains($" has ended and leaves {told}", failure.Message.Replace("\n", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("LeftTests.cs:", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_can_end_by_itself_without_time_passing_is_not_left() =>
        TestLoop.Run(
            e =>
            {
                Slowly(Event.Detached);
                e.Trigger();
            },
            new TestLoopOptions { NothingLeft = true });

    [Fact]
    public void A_network_in_memory_is_closed_or_left()
    {
        static TestLoopOptions Options() => new() { NothingLeft = true, Loop = new EventLoopOptions { Network = new MemoryNetwork() } };
        TestLoop.Run(e => Greet(close: true, e), Options());
        var failure = Assert.Throws<LoopAssertException>(() => TestLoop.Run(e => Greet(close: false, e), Options()));
        Assert.Contains("leaves 1 call that waits, ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("LeftTests.Answer at ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_that_the_body_catches_fails_the_test()
    {
        var failure = Assert.Throws<LoopAssertException>(() =>
            TestLoop.Run(e => CatchLoss(e))); // loss
        Assert.StartsWith($"The test at {Place("e => CatchLoss(e))); // loss")} lost 1 event, though its body ended:\n  The event made in Tame.Testing.Tests.Calls.Lose at ", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("or set TestLoopOptions.AllowLostEvents.", failure.Message, StringComparison.Ordinal);
        TestLoop.Run(e => CatchLoss(e), new TestLoopOptions { AllowLostEvents = true });
    }

    [Fact]
    public void A_loss_that_the_body_does_not_catch_is_its_failure() =>
        Assert.Contains("Calls.Lose at", Assert.Throws<LostEventException>(() => TestLoop.Run(e => Lose(e))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_loss_beside_a_body_that_ends_is_looked_for()
    {
        static void Run(EventLoopOptions? loop) => TestLoop.Run(
            e =>
            {
                CatchLoss(Event.Detached);
                e.Trigger();
            },
            new TestLoopOptions { Loop = loop });
        Assert.Contains("lost 1 event,", Assert.Throws<LoopAssertException>(() => Run(null)).Message, StringComparison.Ordinal);
        Run(new EventLoopOptions { LostEvents = LostEventDetection.Off });
    }

    [Fact]
    public void A_detached_call_that_waits_for_a_lost_event_fails_the_test() =>
        Assert.Throws<LostEventException>(() => TestLoop.Run(e =>
        {
            Lose(Event.Detached);
            e.Trigger();
        }));

#pragma warning disable TAME063 // It leaves what the test looks for.
    [Tamed] private static partial void Leave(string what, Event done);

    private static void LeaveBody(string what, Event done)
    {
        var loop = EventLoop.Current!;
        var rendezvous = new Rendezvous();
        switch (what)
        {
            case "timer":
                timer(Seconds(1), mkevent(rendezvous));
                break;
            case "clock":
                _ = Task.Delay(Seconds(1), loop.TimeProvider);
                break;
            case "event":
                s_kept = mkevent(rendezvous);
                break;
            case "task":
                s_work.Task.Trigger(mkevent(rendezvous));
                break;
            case "hold":
                loop.HoldTime();
                break;
            default:
                twait(e => Race(cancel: false, e));
                break;
        }
        done.Trigger();
    }
#pragma warning restore TAME063

    /// <summary>Waits for the faster of two.</summary>
    [Tamed] private static partial void Race(bool cancel, Event done);

    private static void RaceBody(bool cancel, Event done)
    {
        var race = new Rendezvous<int>();
        Sleep(Seconds(1), mkevent(race, 1));
        timer(Seconds(2), mkevent(race, 2));
        Wait(race, Event.Detached);
        twait(e => timer(Seconds(1), e));
        if (cancel)
            race.Dispose();
        done.Trigger();
    }

    [Tamed] private static partial void Wait(Rendezvous<int> race, Event done);

    private static void WaitBody(Rendezvous<int> race, Event done)
    {
        try
        {
            twait(race, out int _);
            twait(race, out int _);
        }
        catch (OperationCanceledException)
        {
            done.Trigger();
            return;
        }
        done.Trigger();
    }

    [Tamed] private static partial void Slowly(Event done);

    private static void SlowlyBody(Event done)
    {
        for (int i = 0; i < 20; i++)
            twait(e => asap(e));
        done.Trigger();
    }

    [Tamed] private static partial void CatchLoss(Event done);

    private static void CatchLossBody(Event done)
    {
        try
        {
            twait(e => Lose(e));
        }
        catch (LostEventException)
        {
            done.Trigger();
            return;
        }
        done.Trigger();
    }

    [Tamed] private static partial void Greet(bool close, Event done);

    private static void GreetBody(bool close, Event done)
    {
        var listener = Network.Current.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        Answer(listener, Event.Detached);
        twait(e => Network.Current.Connect(listener.LocalEndPoint, e.EndsWithin(TimeSpan.Zero)), out Connection client);
        var buffer = new byte[10];
        twait(e => client.Receive(buffer, e.EndsWithin(Seconds(1)).StillBlockedAfter(Seconds(0.5))), out int count);
        Assert.Equal("hello"u8, buffer.AsSpan(0, count));
        client.Dispose();
        if (close)
            listener.Dispose();
        done.Trigger();
    }

    [Tamed] private static partial void Answer(Listener listener, Event done);

    private static void AnswerBody(Listener listener, Event done)
    {
        try
        {
            while (true)
            {
                twait(e => listener.Accept(e), out Connection client);
                using var closing = client;
                twait(e => timer(Seconds(1), e));
                twait(e => client.Send("hello"u8.ToArray(), e));
            }
        }
        catch (ObjectDisposedException)
        {
            done.Trigger();
        }
    }
}

namespace Tame.Runtime.Tests.Running;

/// <summary>Members for a loop's thread throw elsewhere. Their message says whose thread it is, and what to do.</summary>
public sealed class WrongThreadTests
{
    [Fact]
    public void Members_of_a_loop_name_its_thread()
    {
        using var loop = new EventLoop();
        foreach (Action use in new Action[] { () => _ = loop.Blocked, () => loop.RunOnce(), loop.Run, loop.Dispose })
            Assert.StartsWith($"This event loop belongs to {Here()}. Run, inspect and dispose of it there;", Refused(use), StringComparison.Ordinal);
        Assert.Empty(loop.Blocked);
        loop.Dispose();
        Loops.OnThread(() => Assert.Empty(loop.Blocked));
    }

    [Fact]
    public void Members_of_a_rendezvous_name_the_thread_of_its_loop()
    {
        var r = new Rendezvous();
        using var loop = new EventLoop();
        Call.Blocks(default, c =>
        {
            c.Make(r, 1).Trigger();
            c.Make(r, 2);
        });
        Action[] uses = [() => _ = r.Waiting, () => _ = r.Ready, () => _ = r.IsCancelled, () => r.TryJoin(), () => r.TryJoin(out _), r.Cancel, r.Dispose, () => MakeElsewhere(r)];
        Assert.All(uses, use => Assert.Equal(
            $"This rendezvous belongs to the event loop of {Here()}. Use it only on that thread. To run code there, call EventLoop.Post.", Refused(use)));
        Assert.Equal((1, 1, false), (r.Waiting, r.Ready, r.IsCancelled));
        r.Cancel();
        loop.Dispose();
        Loops.OnThread(() => Assert.True(r.IsCancelled && r.Waiting + r.Ready == 0));
    }

    [Fact]
    public void A_rendezvous_with_events_of_a_loop_that_has_ended_says_that()
    {
        var r = new Rendezvous<int>();
        using (new EventLoop())
            Call.Blocks(default, c => c.Make(r, 7, 1).Trigger());
        Assert.Equal(
            $"This rendezvous belongs to the event loop of {Here()}, which has ended, and still has events of that loop. Take them with TryJoin, or create a new rendezvous for this loop.",
            Refused(() => MakeElsewhere(r)));
        Assert.True(r.TryJoin(out int id));
        Assert.Equal(7, id);
        Loops.OnThread(() => MakeElsewhere(r));
    }

    [Theory]
    [InlineData("channel")]
    [InlineData("mutex")]
    [InlineData("semaphore")]
    [InlineData("barrier")]
    [InlineData("single flight")]
    public void Channels_and_mutexes_name_the_thread_of_their_loop(string what)
    {
        using var loop = new EventLoop();
        var (made, uses) = Coordination(what);
        Assert.All(uses, use => Assert.Equal(
            $"{made} was created on the event loop of {Here()}, and this thread has no event loop. Use it only on its loop's thread. To run code there, call EventLoop.Post.", Refused(use)));
        uses[0]();
        uses = [.. uses, .. Reads(what)];
        Assert.All(uses, use => Assert.Equal(
            $"{made} belongs to the event loop of {Here()}. Use it only on that thread. To run code there, call EventLoop.Post.", Refused(use)));
        Assert.All(Reads(what), read => read());
        loop.Dispose();
        Assert.Equal(
            $"{made} belongs to the event loop of {Here()}, which has ended, and this thread has no event loop. Use it on the thread of another loop.", Refused(uses[0]));
        Loops.OnThread(() => Assert.All(Reads(what), read => read()));
    }

    [Theory]
    [InlineData("channel")]
    [InlineData("mutex")]
    [InlineData("semaphore")]
    [InlineData("barrier")]
    [InlineData("single flight")]
    public void Without_any_loop_they_say_what_they_need(string what)
    {
        var (made, uses) = Coordination(what);
        Assert.Equal(
            $"This thread has no event loop. {made} belongs to the first event loop that uses it, and can be used only on that loop's thread. To run code there, call EventLoop.Post.", Refused(uses[0]));
    }

    [Fact]
    public void A_wait_on_a_thread_without_a_loop_says_how_to_get_one() => Assert.Equal(
        "This thread has no event loop. Call this from code that runs on a loop: EventLoop.Run runs one on this thread, and InvokeAsync calls code on another loop.",
        Refused(() => Call.Blocks(default, c => c.Make(1))));

    [Fact]
    public void An_event_of_another_loop_names_its_thread_and_a_thread_with_a_name_is_named()
    {
        Event foreign = default;
        using var loop = new EventLoop();
        Call.Blocks(default, c => foreign = c.Make(1));
        string? message = null;
        var thread = new Thread(() => message = Assert.Throws<InvalidOperationException>(() => EventLoop.Run(_ => new SharedMutex().Acquire(foreign))).Message);
        thread.Start();
        thread.Join();
        Assert.Equal($"This event belongs to the event loop of {Here()}. Use it only on that thread. To run code there, call EventLoop.Post.", message);
        var named = new Thread(() =>
        {
            using var own = new EventLoop();
            message = Refused(() => own.RunOnce());
        })
        {
            Name = "worker",
        };
        named.Start();
        named.Join();
        Assert.StartsWith($"This event loop belongs to thread {named.ManagedThreadId} ('worker').", message, StringComparison.Ordinal);
    }

    private static BoundedChannel<int>? s_channel;
    private static SharedMutex? s_mutex;
    private static CountingSemaphore? s_semaphore;
    private static PhaseBarrier? s_barrier;
    private static SingleFlight<int, int>? s_flight;

    private static (string Name, Action[] Uses) Coordination(string what)
    {
        if (what == "mutex")
        {
            var mutex = s_mutex = new SharedMutex();
            return ("This mutex", [() => mutex.TryAcquireShared(), () => mutex.Acquire(Event.Detached)]);
        }
        if (what == "semaphore")
        {
            var semaphore = s_semaphore = new CountingSemaphore(4);
            return ("This semaphore", [() => semaphore.TryAcquire(), () => semaphore.Acquire(Event.Detached), semaphore.Release]);
        }
        if (what == "barrier")
        {
            var barrier = s_barrier = new PhaseBarrier(4);
            return ("This barrier", [barrier.AddParticipant, barrier.RemoveParticipant, () => barrier.Arrive(Event.Detached)]);
        }
        if (what == "single flight")
        {
            var flight = s_flight = new SingleFlight<int, int>((_, _) => { });
            return ("This single flight", [() => flight.Run(1, default)]);
        }
        var channel = s_channel = new BoundedChannel<int>(4);
        return ("This channel", [() => channel.TrySend(1), () => channel.Send(1, Event.Detached), () => channel.TryReceive(out _), () => channel.Complete()]);
    }

    private static Action[] Reads(string what) => what switch
    {
        "mutex" => [() => _ = s_mutex!.IsHeld, () => _ = s_mutex!.Sharers, () => _ = s_mutex!.Waiting],
        "semaphore" => [() => _ = s_semaphore!.Available, () => _ = s_semaphore!.Waiting],
        "barrier" => [() => _ = s_barrier!.Participants, () => _ = s_barrier!.Arrived, () => _ = s_barrier!.Phase],
        "single flight" => [() => _ = s_flight!.UnderWay],
        _ => [() => _ = s_channel!.Count, () => _ = s_channel!.IsComplete],
    };

    /// <summary>The message of the exception that a use on another thread throws.</summary>
    private static string Refused(Action use)
    {
        string? message = null;
        Loops.OnThread(() => message = Assert.Throws<InvalidOperationException>(use).Message);
        return message!;
    }

    private static void MakeElsewhere(Rendezvous r)
    {
        using var loop = new EventLoop();
        Call.Start(c => c.Make(r, 1));
    }

    private static void MakeElsewhere(Rendezvous<int> r)
    {
        using var loop = new EventLoop();
        Call.Start(c => c.Make(r, 1, 1));
    }

    private static string Here() => Thread.CurrentThread.Name is { Length: > 0 } name
        ? $"thread {Environment.CurrentManagedThreadId} ('{name}')" : $"thread {Environment.CurrentManagedThreadId}";
}

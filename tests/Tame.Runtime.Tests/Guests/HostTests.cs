#pragma warning disable xUnit1051 // Calls without a token are what is tested.
using System.Collections.Concurrent;
using System.IO.Pipes;

namespace Tame.Runtime.Tests.Guests;

/// <summary>Guests on the hosts that .NET has, and what they use there.</summary>
public sealed class HostTests
{
    [Fact]
    public async Task On_an_exclusive_scheduler_turns_are_its_tasks()
    {
        var pair = new ConcurrentExclusiveSchedulerPair();
        await using var loop = EventLoop.CreateGuest(EventLoopHost.From(pair.ExclusiveScheduler));
        TaskScheduler? seen = null;
        await loop.InvokeAsync(done => Call.Blocks(done, c => Primitives.timer(TimeSpan.FromMilliseconds(1), c.Make(101)), c =>
        {
            seen = TaskScheduler.Current;
            c.Make(102).Trigger();
        })).WaitAsync(Loops.Hang);
        Assert.Same(pair.ExclusiveScheduler, seen);
    }

    [Fact]
    public void A_scheduler_that_runs_several_tasks_at_once_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => EventLoopHost.From(TaskScheduler.Default));
        Assert.Contains("ExclusiveScheduler", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => EventLoopHost.From((TaskScheduler)null!));
        Assert.Throws<ArgumentNullException>(() => EventLoopHost.From((SynchronizationContext)null!));
        Assert.Throws<ArgumentNullException>(() => EventLoop.CreateGuest(null!));
    }

    [Fact]
    public async Task On_a_context_turns_run_on_its_thread()
    {
        using var ui = new UserInterface();
        await using var loop = EventLoop.CreateGuest(EventLoopHost.From(ui));
        var threads = new List<int>();
        await loop.InvokeAsync(done => Call.Blocks(done, c => Primitives.timer(TimeSpan.FromMilliseconds(1), c.Make(101)), c =>
        {
            threads.Add(Environment.CurrentManagedThreadId);
            c.Make(102).Trigger();
        })).WaitAsync(Loops.Hang);
        Assert.Equal([ui.ThreadId], threads);
    }

    [Fact]
    public void Where_the_host_is_here_a_call_starts_at_once_but_not_inside_of_another_loop()
    {
        var host = new ManualHost { IsInlined = true };
        var loop = EventLoop.CreateGuest(host);
        var other = EventLoop.CreateGuest(host);
        Assert.True(loop.InvokeAsync(e => e.Trigger()).IsCompletedSuccessfully);
        Assert.Equal(0, host.Count);
        Task? nested = null;
        Assert.True(loop.InvokeAsync(e =>
        {
            nested = other.InvokeAsync(second => second.Trigger());
            e.Trigger();
        }).IsCompletedSuccessfully);
        Assert.False(nested!.IsCompleted);
        Assert.Equal(1, host.RunAll());
        Assert.True(nested.IsCompletedSuccessfully);
        host.RunUntil(Task.WhenAll(loop.StopAsync(), other.StopAsync()));
    }

    [Fact]
    public async Task Descriptors_of_guests_are_watched_by_one_thread_of_the_process()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("Descriptors of guests need epoll.");
        const int Guests = 20, Rounds = 20;
        var results = await Task.WhenAll(Enumerable.Range(0, Guests).Select(async _ =>
        {
            await using var loop = EventLoop.CreateGuest(EventLoopHost.ThreadPool);
            using var server = new AnonymousPipeServerStream(PipeDirection.Out);
            using var client = new AnonymousPipeClientStream(PipeDirection.In, server.ClientSafePipeHandle);
            int rounds = 0;
            for (; rounds < Rounds; rounds++)
            {
                var readable = loop.InvokeAsync(done => Call.Blocks(done, c => Primitives.wait_on_fd(client.SafePipeHandle, FdEvents.Read, c.Make(101))));
                if (rounds % 2 == 0)
                    await loop.InvokeAsync(e => e.Trigger());
                server.WriteByte(1);
                await readable.WaitAsync(Loops.Hang);
                client.ReadByte();
            }
            return rounds;
        }));
        Assert.All(results, rounds => Assert.Equal(Rounds, rounds));
        Assert.Single(ThreadNames(), name => name.StartsWith("Tame: descr", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_handle_that_is_closed_while_a_guest_waits_for_it_fails_the_wait()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("Descriptors of guests need epoll.");
        await using var loop = EventLoop.CreateGuest(EventLoopHost.ThreadPool);
        using var server = new AnonymousPipeServerStream(PipeDirection.Out);
        var client = new AnonymousPipeClientStream(PipeDirection.In, server.ClientSafePipeHandle);
        var readable = loop.InvokeAsync(done => Call.Blocks(done, c => Primitives.wait_on_fd(client.SafePipeHandle, FdEvents.Read, c.Make(101))));
        await loop.InvokeAsync(e => e.Trigger());
        await client.DisposeAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => readable.WaitAsync(Loops.Hang));
        Assert.IsNotType<TimeoutException>(readable.Exception!.InnerException);
    }

    [Fact]
    public async Task Where_the_system_has_no_epoll_a_wait_for_a_descriptor_says_so()
    {
        await using var loop = EventLoop.CreateGuest(EventLoopHost.ThreadPool, new EventLoopOptions { OpenPoller = static () => new Tame.IO.PollPoller(), Name = "guest of poll" });
        using var server = new AnonymousPipeServerStream(PipeDirection.Out);
        var task = loop.InvokeAsync(done => Primitives.wait_on_fd(server.SafePipeHandle, FdEvents.Write, done));
        var error = await Assert.ThrowsAsync<PlatformNotSupportedException>(() => task.WaitAsync(Loops.Hang));
        Assert.Contains("guest of poll is a guest", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_calls_that_wait_in_a_guest_are_printed_with_those_of_other_loops()
    {
        await using var loop = EventLoop.CreateGuest(EventLoopHost.ThreadPool, new EventLoopOptions { Name = "printed guest" });
        await using var idle = EventLoop.CreateGuest(EventLoopHost.ThreadPool);
        _ = loop.InvokeAsync(done => Call.Blocks(done, c => c.Held = c.Make(101)));
        await loop.InvokeAsync(e => e.Trigger());
        using var writer = new StringWriter();
        BlockedCallsPrinter.Print(writer);
        Assert.Contains("tame: printed guest (guest): 1 calls wait:", writer.ToString(), StringComparison.Ordinal);
        Assert.Contains("Tests.Call at Call.cs:101", writer.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(idle.Name + " ", writer.ToString(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> ThreadNames() =>
        Directory.GetDirectories("/proc/self/task").Select(NameOf);

    /// <summary>Empty for a thread that has ended meanwhile.</summary>
    private static string NameOf(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm")).Trim();
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>One thread with a queue of callbacks.</summary>
    private sealed class UserInterface : SynchronizationContext, IDisposable
    {
        private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _queue = [];
        private readonly Thread _thread;

        public UserInterface()
        {
            _thread = new Thread(() =>
            {
                SetSynchronizationContext(this);
                foreach (var (callback, state) in _queue.GetConsumingEnumerable())
                    callback(state);
            });
            _thread.Start();
        }

        public int ThreadId => _thread.ManagedThreadId;

        public override void Post(SendOrPostCallback d, object? state) => _queue.Add((d, state));

        public void Dispose()
        {
            _queue.CompleteAdding();
            _thread.Join();
            _queue.Dispose();
        }
    }
}

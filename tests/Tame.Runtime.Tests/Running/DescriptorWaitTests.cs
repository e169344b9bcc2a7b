using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Tame.Runtime.Tests.IO;

namespace Tame.Runtime.Tests.Running;

/// <summary>Descriptors in a running loop. The tests are the same for each poller.</summary>
[Collection(nameof(Descriptors))]
public abstract class DescriptorWaitTests
{
    private const int WindowChanged = 28;
    private readonly EventLoopOptions _options;

    private protected DescriptorWaitTests(PollerKind kind) => _options = kind.Loop;

    [Fact]
    public void A_call_waits_for_a_socket_while_timers_and_calls_go_on()
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        var log = new List<string>();
        EventLoop.Run(done =>
        {
            Call.Blocks(
                done,
                c => Primitives.wait_on_fd(listener, FdEvents.Read, c.Make(1)),
                c =>
                {
                    c.Held = listener.Accept();
                    log.Add("accepted");
                    Primitives.wait_on_fd((Socket)c.Held, FdEvents.Write, c.Make(1));
                },
                c =>
                {
                    ((Socket)c.Held!).Dispose();
                    Primitives.wait_on_fd(client.SafeHandle, FdEvents.Read, c.Make(1));
                },
                _ => log.Add("closed"));
            Call.Blocks(
                default,
                c => Primitives.timer(TimeSpan.FromMilliseconds(2), c.Make(1)),
                _ =>
                {
                    log.Add("connect");
                    client.Connect(listener.LocalEndPoint!);
                });
        }, _options);
        Assert.Equal(["connect", "accepted", "closed"], log);
    }

    [Fact]
    public void Calls_that_keep_running_starve_no_descriptor()
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        client.Connect(listener.LocalEndPoint!);
        bool ready = false;
        EventLoop.Run(done =>
        {
            Call.Blocks(default, c => Primitives.wait_on_fd(listener, FdEvents.Read, c.Make(1)), _ => ready = true);
            Call.Start(
                c =>
                {
                    if (c.State == 1 && !c.EndBlock())
                        return;
                    if (ready)
                    {
                        c.Done.Trigger();
                        return;
                    }
                    c.EnterBlock();
                    Primitives.asap(c.Make(1));
                    if (c.BlockDone(1))
                        Assert.Fail("The block did not wait.");
                },
                done);
        }, _options);
    }

    [Fact]
    public void A_loop_sleeps_until_its_timer_where_nobody_waits_for_a_descriptor()
    {
        bool fired = false;
        EventLoop.Run(
            done => Call.Blocks(done, c => Primitives.timer(TimeSpan.FromMilliseconds(5), c.Make(1)), _ => fired = true),
            _options);
        Assert.True(fired);
    }

    [Fact]
    public void Every_call_that_waits_for_one_descriptor_resumes()
    {
        var (here, there) = Posix.SocketPair();
        var log = new List<int>();
        EventLoop.Run(
            done =>
            {
                for (int i = 0; i < 20; i++)
                {
                    int me = i;
                    Call.Blocks(
                        me == 19 ? done : default,
                        c => Primitives.wait_on_fd(here, FdEvents.Read, c.Make(1)),
                        _ => log.Add(me));
                }
                EventLoop.Current!.Post(() => Posix.Write(there));
            },
            _options);
        Assert.Equal(Enumerable.Range(0, 20), log);
        Posix.Close(here);
        Posix.Close(there);
    }

    [Fact]
    public void A_close_on_another_thread_is_thrown_where_the_loop_waits()
    {
        for (int i = 0; i < 3; i++)
        {
            var (here, there) = Posix.SocketPair();
            var owner = Posix.Own(here);
            Thread? closer = null;
            Assert.Throws<ObjectDisposedException>(() => EventLoop.Run(
                done => Call.Blocks(
                    done,
                    c =>
                    {
                        Primitives.wait_on_fd(owner, FdEvents.Read, c.Make(1));
                        (closer = new Thread(owner.Dispose)).Start();
                    }),
                _options));
            closer!.Join();
            Posix.Close(there);
        }
    }

    [Fact]
    public void A_close_is_seen_on_a_loop_that_is_always_busy()
    {
        var (here, there) = Posix.SocketPair();
        var owner = Posix.Own(here);
        var watch = Stopwatch.StartNew();
        Assert.Throws<ObjectDisposedException>(() => EventLoop.Run(
            done =>
            {
                Call.Blocks(
                    done,
                    c =>
                    {
                        Primitives.wait_on_fd(owner, FdEvents.Read, c.Make(1));
                        EventLoop.Current!.Post(owner.Dispose);
                    });
                Again(watch);
            },
            _options));
        Posix.Close(there);

        static void Again(Stopwatch watch)
        {
            if (watch.Elapsed < Loops.Hang)
                EventLoop.Current!.Post(() => Again(watch));
        }
    }

    [Fact]
    public void In_virtual_time_a_close_is_seen_before_the_clock_jumps()
    {
        var (here, there) = Posix.SocketPair();
        var owner = Posix.Own(here);
        var log = new List<string>();
        EventLoop.Run(
            done =>
            {
                Call.Blocks(
                    default,
                    c => Primitives.timer(TimeSpan.FromSeconds(1), c.Make(1)),
                    _ => owner.Dispose());
                Call.Blocks(
                    done,
                    c => Primitives.timer(TimeSpan.FromSeconds(2), c.Make(1)),
                    _ => log.Add("two seconds"));
                Call.Start(c =>
                {
                    if (c.State == 0)
                    {
                        c.EnterBlock();
                        Primitives.wait_on_fd(owner, FdEvents.Read, c.Make(1));
                        c.BlockDone(1);
                        return;
                    }
                    log.Add(Assert.Throws<ObjectDisposedException>(c.EndBlockOrThrow).GetType().Name);
                });
            },
            new EventLoopOptions { VirtualTime = true, OpenPoller = _options.OpenPoller });
        Assert.Equal(["ObjectDisposedException", "two seconds"], log);
        Posix.Close(there);
    }

    [Fact]
    public void A_trigger_from_another_thread_wakes_a_loop_that_waits_for_a_descriptor()
    {
        var (here, there) = Posix.SocketPair();
        EventLoop.Run(
            done =>
            {
                Call.Blocks(default, c => Primitives.wait_on_fd(here, FdEvents.Read, c.Make(1)), _ => Assert.Fail("Nobody wrote."));
                Call.Blocks(done, [.. Enumerable.Repeat(TriggerElsewhere, 50)]);
            },
            _options);
        Posix.Close(here);
        Posix.Close(there);

        static void TriggerElsewhere(Call c)
        {
            var e = c.Make(1);
            new Thread(() => e.Trigger()).Start();
        }
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Signals_that_interrupt_the_sleep_make_no_timer_early()
    {
        var delay = TimeSpan.FromMilliseconds(30);
        using var handler = PosixSignalRegistration.Create(PosixSignal.SIGWINCH, static _ => { });
        TimeSpan elapsed = default;
        int sleeper = Posix.ThreadId();
        var disturber = new Thread(() =>
        {
            for (int i = 0; i < 20; i++)
            {
                Thread.Sleep(1);
                Posix.Interrupt(sleeper, WindowChanged);
            }
        });
        disturber.Start();
        EventLoop.Run(
            done =>
            {
                var clock = EventLoop.Current!.TimeProvider;
                long start = clock.GetTimestamp();
                Call.Blocks(done, c => Primitives.timer(delay, c.Make(1)), _ => elapsed = clock.GetElapsedTime(start));
            },
            _options);
        disturber.Join();
        Assert.True(elapsed >= delay, $"The timer fired after {elapsed}.");
    }
}

public sealed class EpollDescriptorWaitTests() : DescriptorWaitTests(PollerKind.Epoll);

public sealed class PollDescriptorWaitTests() : DescriptorWaitTests(PollerKind.Poll);

public sealed class SelectDescriptorWaitTests() : DescriptorWaitTests(PollerKind.Select);

using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Tame.IO;

namespace Tame.Runtime.Tests.IO;

/// <summary>What wakes a sleeping poller, and what does not. The tests are the same for each poller.</summary>
[Collection(nameof(Descriptors))]
public abstract class WakingTests
{
    private const int WindowChanged = 28;
    private const int Hang = 30_000;

    private readonly Func<IPoller> _open;

    private protected WakingTests(PollerKind kind) => _open = kind.Open;

    [Fact]
    public void A_wake_from_another_thread_ends_the_sleep()
    {
        using var poller = _open();
        for (int i = 0; i < 50; i++)
        {
            var waker = new Thread(poller.Wake);
            waker.Start();
            Assert.True(poller.Wait(Timeout.Infinite).IsEmpty);
            waker.Join();
        }
    }

    [Fact]
    public void A_wake_ends_one_sleep_and_not_the_next()
    {
        using var poller = _open();
        var (here, there) = Posix.SocketPair();
        poller.Add(here, FdEvents.Read, 7);
        for (int i = 0; i < 3; i++)
        {
            var waker = new Thread(() =>
            {
                Thread.Sleep(5);
                poller.Wake();
            });
            waker.Start();
            Assert.True(poller.Wait(Timeout.Infinite).IsEmpty);
            waker.Join();
            var writer = new Thread(() =>
            {
                Thread.Sleep(5);
                Posix.Write(there);
            });
            writer.Start();
            Assert.Equal([new Readiness(7, FdEvents.Read)], poller.Wait(Hang).ToArray());
            writer.Join();
            Posix.Read(here);
        }
    }

    [Fact]
    public void A_wake_before_the_sleep_is_not_lost()
    {
        using var poller = _open();
        poller.Wake();
        Assert.True(poller.Wait(Timeout.Infinite).IsEmpty);
    }

    [Fact]
    public void What_is_handed_over_before_a_wake_is_never_left_lying()
    {
        using var poller = _open();
        const int count = 200_000;
        int handedOver = 0;
        var sender = new Thread(() =>
        {
            for (int i = 0; i < count; i++)
            {
                Interlocked.Increment(ref handedOver);
                poller.Wake();
            }
        });
        sender.Start();
        while (Volatile.Read(ref handedOver) < count)
            poller.Wait(Timeout.Infinite);
        sender.Join();
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_signal_does_not_end_the_sleep()
    {
        using var handler = PosixSignalRegistration.Create(PosixSignal.SIGWINCH, static _ => { });
        using var poller = _open();
        var (here, there) = Posix.SocketPair();
        poller.Add(here, FdEvents.Read, 7);
        int sleeper = Posix.ThreadId();
        var disturber = new Thread(() =>
        {
            for (int i = 0; i < 50; i++)
            {
                Thread.Sleep(1);
                Posix.Interrupt(sleeper, WindowChanged);
            }
            Posix.Write(there);
        });
        disturber.Start();
        Assert.Equal([new Readiness(7, FdEvents.Read)], poller.Wait(Hang).ToArray());
        disturber.Join();
    }

    [Fact]
    public void A_wake_after_the_end_does_nothing()
    {
        var poller = _open();
        poller.Dispose();
        poller.Dispose();
        poller.Wake();
    }
}

public sealed class EpollWakingTests() : WakingTests(PollerKind.Epoll)
{
    [Fact]
    public void A_sleep_is_ended_by_one_write_however_many_signal()
    {
        using var signal = new EventFdSignal();
        Assert.True(signal.TryFallAsleep());
        Parallel.For(0, 100, _ => signal.Signal());
        Assert.Equal(1ul, Posix.ReadCounter(signal.Descriptor));
        signal.WakeUp();
        Assert.True(signal.TryFallAsleep());
        signal.WakeUp();
        signal.Signal();
        Assert.Equal(0ul, Posix.ReadCounter(signal.Descriptor));
        Assert.False(signal.TryFallAsleep());
    }
}

public sealed class PollWakingTests() : WakingTests(PollerKind.Poll);

public sealed class SelectWakingTests() : WakingTests(PollerKind.Select);

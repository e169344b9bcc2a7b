using System.Runtime.InteropServices;
using Tame.IO;
using Tame.Runtime.Tests.IO;

namespace Tame.Runtime.Tests.Signals;

/// <summary>Signals that fail events.</summary>
public sealed class WithSignalTests
{
    private const int Number = 23;
    private const PosixSignal Urgent = (PosixSignal)Number;

    [Fact]
    public void A_signal_fails_the_event_and_is_named()
    {
        var error = Assert.Throws<OperationCanceledException>(() => EventLoop.Run(done =>
        {
            var limited = done.WithSignal(Urgent);
            Assert.Equal(done, limited);
            Posix.Raise(Number);
        }));
        Assert.Contains($"The signal {Number} ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_signal_fails_an_event_with_a_value_and_writes_no_slot()
    {
        var error = Assert.Throws<OperationCanceledException>(() => EventLoop.Run<int>(done =>
        {
            Assert.Equal(done, done.WithSignal(Urgent));
            Posix.Raise(Number);
        }));
        Assert.Contains($"The signal {Number} ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_that_completes_first_does_not_hear_of_the_signal()
    {
        using var loop = new EventLoop();
        var events = new Rendezvous();
        var e = Call.Make(static _ => { }).Make(events, 0);
        e.WithSignal(Urgent).Trigger();
        Assert.False(loop.RunOnce());
        Assert.False(SignalSource.IsWatched(Urgent));
        Assert.True(events.TryJoin());
    }

    [Fact]
    public void Events_that_fail_and_events_that_trigger_wait_for_one_signal()
    {
        using var loop = new EventLoop();
        var events = new Rendezvous<string>();
        var maker = Call.Make(static _ => { });
        maker.Make(events, "failed", 0).WithSignal(Urgent);
        Primitives.signal(Urgent, maker.Make(events, "triggered", 0));
        Posix.Raise(Number);
        loop.Run();
        Assert.True(events.TryJoin(out string? first, out var error) && first == "failed" && error is OperationCanceledException);
        Assert.True(events.TryJoin(out string? second, out error) && second == "triggered" && error is null);
    }

    [Fact]
    public void An_event_may_be_given_a_signal_by_another_thread()
    {
        Assert.Throws<OperationCanceledException>(() => EventLoop.Run(done =>
        {
            done.WithTimeout(Loops.Hang);
            Loops.OnThread(() => done.WithSignal(Urgent));
            EventLoop.Current!.Post(() => Posix.Raise(Number));
        }));
    }

    [Fact]
    public void A_refused_signal_fails_an_event_of_another_thread()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => EventLoop.Run(done => Loops.OnThread(() => done.WithSignal((PosixSignal)9))));
    }

    [Fact]
    public void Ten_thousand_events_come_and_go_while_one_waits()
    {
        using var loop = new EventLoop();
        var events = new Rendezvous();
        var maker = Call.Make(static _ => { });
        var stays = maker.Make(events, 0).WithSignal(Urgent);
        var others = Enumerable.Range(0, 10_000).Select(_ => maker.Make(events, 0).WithSignal(Urgent)).ToArray();
        foreach (var other in others)
            Assert.True(other.Trigger());
        Assert.False(loop.RunOnce());
        Assert.True(SignalSource.IsWatched(Urgent));
        stays.Trigger();
        Assert.False(loop.RunOnce());
        Assert.False(SignalSource.IsWatched(Urgent));
    }
}

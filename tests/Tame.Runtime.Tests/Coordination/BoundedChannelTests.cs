using System.Threading.Channels;
using Tame.CompilerServices;

namespace Tame.Runtime.Tests.Coordination;

public sealed class BoundedChannelTests : IDisposable
{
    private readonly Rendezvous<string> _completed = new();
    private readonly Dictionary<string, int[]> _received = [];

    public static TheoryData<string> WaysToLeave => WaysOut.All;

    public void Dispose() => _completed.Dispose();

    [Fact]
    public void A_send_completes_at_once_while_there_is_room_and_waits_while_there_is_none()
    {
        Loops.RunOpenEnded(c =>
        {
            var channel = new BoundedChannel<int>(2);
            Assert.Equal((2, 0), (channel.Capacity, channel.Count));
            Send(c, channel, 1);
            Send(c, channel, 2);
            Send(c, channel, 3);
            Send(c, channel, 4);
            AssertCompleted("sent 1", "sent 2");
            Assert.Equal(2, channel.Count);
            Assert.True(channel.TryReceive(out int value));
            AssertCompleted("sent 3");
            Assert.Equal((1, 2), (value, channel.Count));
        });
    }

    [Fact]
    public void Items_arrive_in_the_order_of_their_sending()
    {
        Loops.RunOpenEnded(c =>
        {
            var channel = new BoundedChannel<int>(2);
            for (int i = 1; i <= 5; i++)
                Send(c, channel, i);
            AssertCompleted("sent 1", "sent 2");
            Receive(c, channel, "a");
            Receive(c, channel, "b");
            AssertCompleted("a 1", "sent 3", "b 2", "sent 4");
            Receive(c, channel, "c");
            Receive(c, channel, "d");
            Receive(c, channel, "e");
            AssertCompleted("c 3", "sent 5", "d 4", "e 5");
        });
    }

    [Fact]
    public void An_item_is_handed_to_the_receiver_that_has_waited_longest()
    {
        Loops.RunOpenEnded(c =>
        {
            var channel = new BoundedChannel<int>(2);
            Receive(c, channel, "a");
            Receive(c, channel, "b");
            Send(c, channel, 1);
            Assert.True(channel.TrySend(2));
            AssertCompleted("a 1", "sent 1", "b 2");
            Assert.Equal(0, channel.Count);
        });
    }

    [Fact]
    public void With_a_capacity_of_zero_a_send_completes_when_a_receiver_has_the_item()
    {
        Loops.RunOpenEnded(c =>
        {
            var channel = new BoundedChannel<int>(0);
            Assert.False(channel.TrySend(0));
            Send(c, channel, 1);
            Send(c, channel, 2);
            AssertCompleted();
            Receive(c, channel, "a");
            AssertCompleted("a 1", "sent 1");
            Assert.True(channel.TryReceive(out int value));
            Assert.Equal(2, value);
            AssertCompleted("sent 2");
            Assert.False(channel.TryReceive(out _));
            Receive(c, channel, "b");
            Assert.True(channel.TrySend(3));
            AssertCompleted("b 3");
            Assert.Equal(0, channel.Count);
        });
    }

    [Fact]
    public void Try_does_not_wait()
    {
        Loops.RunOpenEnded(c =>
        {
            var channel = new BoundedChannel<string>(1);
            Assert.False(channel.TryReceive(out _));
            Assert.True(channel.TrySend("a"));
            Assert.False(channel.TrySend("b"));
            Assert.True(channel.TryReceive(out string? value));
            Assert.Equal("a", value);
        });
    }

    [Theory]
    [MemberData(nameof(WaysToLeave))]
    public void A_receiver_whose_event_completed_otherwise_loses_no_item(string way)
    {
        Loops.RunOpenEnded(c =>
        {
            var channel = new BoundedChannel<int>(1);
            WaysOut.Check(way, c, channel.Receive, () =>
            {
                Receive(c, channel, "behind");
                Send(c, channel, 7);
                AssertCompleted("behind 7", "sent 7");
            });
        });
    }

    [Theory]
    [MemberData(nameof(WaysToLeave))]
    public void A_sender_whose_event_completed_otherwise_while_it_waited_has_not_sent(string way)
    {
        Loops.RunOpenEnded(c =>
        {
            var channel = new BoundedChannel<int>(1);
            Send(c, channel, 1);
            WaysOut.Check(way, c, e => channel.Send(2, e.Unblocker), () =>
            {
                Send(c, channel, 3);
                Receive(c, channel, "a");
                Receive(c, channel, "b");
                AssertCompleted("sent 1", "a 1", "sent 3", "b 3");
            });
        });
    }

    [Fact]
    public void An_empty_or_complete_event_neither_sends_nor_receives()
    {
        Loops.RunOpenEnded(c =>
        {
            var channel = new BoundedChannel<int>(2);
            var complete = c.Make(c.Slot(ref c.A), 1);
            complete.Unblock();
            channel.Send(1, default);
            channel.Send(1, complete.Unblocker);
            Assert.Equal(0, channel.Count);
            Assert.True(channel.TrySend(2));
            channel.Receive(default);
            channel.Receive(complete);
            Assert.Equal((1, 0), (channel.Count, c.A));
        });
    }

    [Fact]
    public void An_event_that_sends_and_receives_itself_loses_no_item()
    {
        Loops.RunOpenEnded(c =>
        {
            var channel = new BoundedChannel<int>(1);
            channel.TrySend(1);
            var e = c.Make(c.Slot(ref c.A), 1);
            channel.Send(2, e.Unblocker);
            channel.Receive(e);
            Assert.Equal((1, 1), (c.A, channel.Count));
            Assert.True(channel.TryReceive(out int value));
            Assert.Equal(2, value);
        });
    }

    [Fact]
    public void The_detached_event_sends_without_anybody_who_waits()
    {
        Loops.RunOpenEnded(c =>
        {
            var channel = new BoundedChannel<int>(1);
            for (int i = 1; i <= 3; i++)
                channel.Send(i, Event.Detached);
            for (int i = 1; i <= 3; i++)
            {
                Assert.True(channel.TryReceive(out int value));
                Assert.Equal(i, value);
            }
        });
    }

    [Fact]
    public void When_complete_the_channel_is_drained_and_then_receivers_fail()
    {
        Loops.RunOpenEnded(c =>
        {
            var why = new IOException("the source broke");
            var channel = new BoundedChannel<int>(1);
            Send(c, channel, 1);
            Send(c, channel, 2);
            channel.Complete(why);
            channel.Complete();
            Assert.False(channel.IsComplete);
            Send(c, channel, 3);
            Assert.False(channel.TrySend(4));
            AssertCompleted("sent 1", "sent 2 failed", "sent 3 failed");
            Receive(c, channel, "a");
            Assert.True(channel.IsComplete);
            Assert.False(channel.TrySend(5)); // though there is room
            AssertCompleted("a 1");
            Assert.False(channel.TryReceive(out _));
            var last = new Rendezvous();
            channel.Receive(c.Make(last, Slot<int>.Discard, 1));
            Assert.Same(why, Assert.Throws<ChannelClosedException>(() => last.TryJoin()).InnerException);
        });
    }

    [Fact]
    public void Only_the_first_try_to_complete_does_and_its_error_stays()
    {
        Loops.RunOpenEnded(c =>
        {
            var why = new IOException("the source broke");
            var channel = new BoundedChannel<int>(1);
            Assert.True(channel.TryComplete(why));
            Assert.False(channel.TryComplete(new IOException("too late")));
            Assert.False(channel.Writer.TryComplete());
            channel.Writer.Complete();
            var last = new Rendezvous();
            channel.Receive(c.Make(last, Slot<int>.Discard, 1));
            Assert.Same(why, Assert.Throws<ChannelClosedException>(() => last.TryJoin()).InnerException);
        });
    }

    [Fact]
    public void The_halves_are_those_of_their_channel()
    {
        var channel = new BoundedChannel<int>(3);
        Assert.Same(channel.Reader, channel.Reader);
        Assert.Same(channel.Writer, channel.Writer);
        Assert.Equal(3, channel.Writer.Capacity);
        Loops.RunOpenEnded(_ =>
        {
            Assert.True(channel.Writer.TrySend(1));
            Assert.Equal(1, channel.Reader.Count);
            channel.Writer.Complete();
            Assert.True(channel.TryReceive(out int value));
            Assert.Equal((1, true), (value, channel.Reader.IsComplete));
        });
    }

    [Fact]
    public void Receivers_that_wait_fail_when_the_channel_completes()
    {
        Loops.RunOpenEnded(c =>
        {
            var channel = new BoundedChannel<int>(1);
            Receive(c, channel, "a");
            Receive(c, channel, "b");
            channel.Complete();
            AssertCompleted("a failed", "b failed");
        });
    }

    [Fact]
    public void A_channel_and_its_waiters_belong_to_one_loop()
    {
        var channel = new BoundedChannel<int>(1);
        Loops.RunOpenEnded(c =>
        {
            Assert.True(channel.TrySend(1));
            var foreign = c.Make(Slot<int>.Discard, 1);
            Loops.OnThread(() =>
            {
                Assert.Throws<InvalidOperationException>(() => channel.TrySend(2));
                Assert.Throws<InvalidOperationException>(() => channel.TryReceive(out _));
                Assert.Throws<InvalidOperationException>(() => channel.Complete());
                Loops.RunOpenEnded(_ =>
                {
                    Assert.Throws<InvalidOperationException>(() => channel.Receive(default));
                    Assert.Throws<InvalidOperationException>(() => new BoundedChannel<int>(1).Receive(foreign));
                    Assert.Throws<InvalidOperationException>(() => new BoundedChannel<int>(1).Send(1, foreign.Unblocker));
                });
            });
            foreign.Unblock();
        });
        Assert.Throws<InvalidOperationException>(() => channel.TrySend(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BoundedChannel<int>(-1));
    }

    [Fact]
    public void When_its_loop_has_ended_the_next_gets_what_the_channel_holds()
    {
        var channel = new BoundedChannel<int>(1);
        Loops.RunOpenEnded(c =>
        {
            Assert.True(channel.TrySend(1));
            channel.Send(2, c.Make(new Rendezvous(), 1));
        });
        Loops.RunOpenEnded(c =>
        {
            Assert.True(channel.TryReceive(out int value));
            Assert.Equal(1, value);
            Assert.False(channel.TryReceive(out _));
        });
    }

    private void Send(Call c, BoundedChannel<int> channel, int value) => channel.Send(value, c.Make(_completed, $"sent {value}", 1));

    private void Receive(Call c, BoundedChannel<int> channel, string name)
    {
        int[] slot = _received[name] = new int[1];
        channel.Receive(c.Make(_completed, name, Slot.At(slot, ref slot[0]), 1));
    }

    /// <summary>The events that completed since the last call, in order, with what was received.</summary>
    private void AssertCompleted(params string[] names)
    {
        var completed = new List<string>();
        while (_completed.TryJoin(out string? name, out var error))
        {
            string end = error is ChannelClosedException ? " failed" : _received.TryGetValue(name!, out int[]? slot) ? $" {slot[0]}" : "";
            completed.Add(name + end);
        }
        Assert.Equal(names, completed);
    }
}

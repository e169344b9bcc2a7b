using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame.Runtime.Tests.Events;

/// <summary>A complete event holds nothing, even if its handle is still held.</summary>
public sealed class ReleaseTests
{
    [Theory]
    [InlineData("trigger")]
    [InlineData("fail")]
    [InlineData("unblock")]
    [InlineData("cancel")]
    public void What_a_cancelled_or_otherwise_complete_event_held_is_released_at_once(string way)
    {
        Loops.RunBlocks(c =>
        {
            var held = new List<object>();
            var released = new Dictionary<string, WeakReference>();
            var r = Hold(c, held, released);
            Assert.All(released, pair => Assert.True(pair.Value.IsAlive, pair.Key));
            Complete(r, held, way);
            GC.Collect();
            Assert.All(released, pair => Assert.False(pair.Value.IsAlive, pair.Key));
            GC.KeepAlive(held);
            LateTriggers(held);
            r.Cancel();
        });
    }

    [Fact]
    public void A_call_that_has_ended_is_not_held_for_an_event_that_can_still_write_to_it()
    {
        WeakReference? held = null;
        Loops.RunOpenEnded(
            c =>
            {
                held = EndWithASlotOutside();
                Primitives.timer(TimeSpan.FromSeconds(1), c.Make(1));
            },
            _ =>
            {
                GC.Collect();
                Assert.False(held!.IsAlive);
            });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_id_of_a_joined_event_is_let_go_while_others_are_outstanding(bool fails) =>
        Loops.RunBlocks(c =>
        {
            var r = new Rendezvous<object>();
            var id = JoinOne(c, r, fails, out var other);
            GC.Collect();
            Assert.False(id.IsAlive);
            Assert.True(other.Trigger() && r.TryJoin(out _));
        });

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference JoinOne(Call c, Rendezvous<object> r, bool fails, out Event other)
    {
        object id = new();
        var e = c.Make(r, id, 1);
        other = c.Make(r, "other", 1);
        Assert.True(fails ? e.Fail(new IOException()) : e.Trigger());
        if (fails)
            Assert.Throws<IOException>(() => r.TryJoin(out _));
        else
            Assert.True(r.TryJoin(out _));
        return new WeakReference(id);
    }

    /// <summary>A call that waits once and ends, while an event of a rendezvous has a slot in it. Nothing holds the rendezvous or the event.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference EndWithASlotOutside()
    {
        var held = new object();
        Call.Blocks(default, c =>
        {
            c.Held = held;
            c.Make(new Rendezvous(), c.Slot(ref c.A), 1);
            Primitives.asap(c.Make(2));
        });
        return new WeakReference(held);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Rendezvous Hold(Call c, List<object> held, Dictionary<string, WeakReference> released)
    {
        var r = new Rendezvous();
        int[] one = [1], two = [2], mapped = [3];
        var single = c.Make(r, Slot.At(one, ref one[0]), 1);
        var pair = c.Make(r, Slot.At(two, ref two[0]), Slot<int>.Discard, 1);
        var target = c.Make(r, Slot<int>.Discard, 1);
        held.AddRange([single, pair, target, target.Map((int value) => value + mapped[0])]);
        released["slot"] = new(one);
        released["slot of two"] = new(two);
        released["function"] = new(mapped);
        return r;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Complete(Rendezvous r, List<object> held, string way)
    {
        var (single, pair, target) = ((Event<int>)held[0], (Event<int, int>)held[1], (Event<int>)held[2]);
        switch (way)
        {
            case "trigger":
                Assert.True(single.Trigger(1) && pair.Trigger(1, 2) && target.Trigger(3));
                break;
            case "fail":
                var error = new InvalidOperationException();
                Assert.True(single.Fail(error) && pair.Fail(error) && target.Fail(error));
                break;
            case "unblock":
                Assert.True(single.Unblock() && pair.Unblock() && target.Unblock());
                break;
            default:
                r.Cancel();
                break;
        }
    }

    private static void LateTriggers(List<object> held)
    {
        Assert.False(((Event<int>)held[0]).Trigger(4) || ((Event<int, int>)held[1]).Trigger(4, 5));
        Assert.False(((Event<int>)held[2]).Trigger(4) || ((Event<int>)held[3]).Trigger(4));
    }
}

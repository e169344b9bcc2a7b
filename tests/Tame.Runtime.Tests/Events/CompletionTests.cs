using Tame.CompilerServices;

namespace Tame.Runtime.Tests.Events;

/// <summary>How an event completes once, in every arity, and which references it drops then.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("trigger", 7)]
    [InlineData("fail", -1)]
    [InlineData("unblock", -1)]
    [InlineData("cancel", -1)]
    public void The_first_of_trigger_fail_unblock_and_cancel_wins_and_the_rest_write_nothing(string first, int written)
    {
        Loops.RunBlocks(c =>
        {
            c.A = -1;
            using var r = new Rendezvous();
            var e = c.Make(r, c.Slot(ref c.A), 1);
            Assert.Equal(first != "cancel", Complete(e, r, first, 7));
            Assert.False(e.IsPending);
            foreach (string later in new[] { "trigger", "fail", "unblock", "cancel" })
                Assert.False(Complete(e, r, later, 8));
            Assert.Equal(written, c.A);
        });
    }

    [Fact]
    public void Events_of_every_arity_fail_unblock_and_chain()
    {
        Loops.RunBlocks(c =>
        {
            var discard = Slot<int>.Discard;
            Check(c, r => (c.Make(r, 1), null));
            Check(c, r => c.Make(r, discard, 1) is var e ? (e.Unblocker, (e.Fail, e.Unblock, e.AtTrigger, () => e.IsPending)) : default);
            Check(c, r => c.Make(r, discard, discard, 1) is var e ? (e.Unblocker, (e.Fail, e.Unblock, e.AtTrigger, () => e.IsPending)) : default);
            Check(c, r => c.Make(r, discard, discard, discard, 1) is var e
                ? (e.Unblocker, (e.Fail, e.Unblock, e.AtTrigger, () => e.IsPending)) : default);
            Check(c, r => c.Make(r, discard, discard, discard, discard, 1) is var e
                ? (e.Unblocker, (e.Fail, e.Unblock, e.AtTrigger, () => e.IsPending)) : default);
        });
    }

    private static bool Complete(Event<int> e, Rendezvous r, string way, int value)
    {
        switch (way)
        {
            case "trigger":
                return e.Trigger(value);
            case "fail":
                return e.Fail(new InvalidOperationException());
            case "unblock":
                return e.Unblock();
            default:
                r.Cancel();
                return false;
        }
    }

    private static void Check(
        Call c, Func<Rendezvous, (Event, (Func<Exception, bool> Fail, Func<bool> Unblock, Func<Event, EventRegistration> AtTrigger, Func<bool> IsPending)?)> make)
    {
        var r = new Rendezvous();
        var error = new InvalidOperationException();
        foreach (bool fails in new[] { true, false })
        {
            var (plain, typed) = make(r);
            var on = typed ?? (plain.Fail, plain.Unblock, plain.AtTrigger, () => plain.IsPending);
            var chained = c.Make(1);
            on.AtTrigger(chained);
            Assert.True(on.IsPending() && plain.IsPending && chained.IsPending);
            Assert.True(fails ? on.Fail(error) : on.Unblock());
            Assert.False(on.IsPending() || plain.IsPending || chained.IsPending);
            Assert.False(on.Fail(error) || on.Unblock());
            Assert.True(r.TryJoin(out var joined));
            Assert.Same(fails ? error : null, joined);
        }
    }
}

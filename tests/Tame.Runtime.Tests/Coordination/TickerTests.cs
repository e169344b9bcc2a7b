using CsCheck;
using Tame.CompilerServices;

namespace Tame.Runtime.Tests.Coordination;

public sealed class TickerTests
{
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(1);

    [Fact]
    public void Ticks_are_due_at_multiples_of_the_period_however_late_the_others_were_taken() =>
        Gen.Select(Gen.Int[0, 30_000_000], Gen.Int[-10_000_000, 20_000_000]).Array[1, 20].Sample(Compare, iter: 1_000);

    [Fact]
    public void Two_that_wait_together_get_the_same_tick() => Loops.RunBlocks(
        c =>
        {
            var ticker = new Ticker(s_period);
            long[] slots = [0, 0, 0];
            ticker.Next(c.Make(Slot.At(slots, ref slots[0]), 1));
            ticker.Next(c.Make(Slot.At(slots, ref slots[1]), 1));
            c.Held = (ticker, slots);
        },
        c =>
        {
            var (ticker, slots) = ((Ticker, long[]))c.Held!;
            Assert.Equal([1, 1, 0], slots);
            ticker.Next(c.Make(Slot.At(slots, ref slots[2]), 1));
        },
        c => Assert.Equal([1, 1, 2], (((Ticker, long[]))c.Held!).Item2));

    [Fact]
    public void A_tick_whose_waiter_gives_up_as_it_comes_is_left_to_the_next()
    {
        long[] slots = [0, 0];
        Loops.RunBlocks(
            c =>
            {
                var ticker = new Ticker(s_period);
                c.Held = ticker;
                var e = c.Make(Slot.At(slots, ref slots[0]), 1);
                Primitives.timer(s_period, e.Unblocker);
                ticker.Next(e);
            },
            c => ((Ticker)c.Held!).Next(c.Make(Slot.At(slots, ref slots[1]), 1)),
            c => Assert.Equal((s_period.Ticks, 0, 1), (Operations.Now, slots[0], slots[1])));
    }

    [Fact]
    public void A_period_must_be_more_than_zero()
    {
        Assert.Contains("use asap", Assert.Throws<ArgumentOutOfRangeException>(() => new Ticker(TimeSpan.Zero)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => new Ticker(s_period));
    }

    [Fact]
    public void The_longest_period_is_no_overflow() => Loops.RunBlocks(c =>
    {
        var e = c.Make(Slot<long>.Discard, 1);
        new Ticker(TimeSpan.MaxValue).Next(e);
        Primitives.timer(TimeSpan.FromDays(9), e.Unblocker);
    });

    [Fact]
    public void An_empty_or_complete_event_takes_no_tick() => Loops.RunBlocks(
        c =>
        {
            c.Held = new Ticker(s_period);
            Primitives.timer(s_period, c.Make(1));
        },
        c =>
        {
            var ticker = (Ticker)c.Held!;
            var complete = c.Make(Slot<long>.Discard, 1);
            complete.Unblock();
            ticker.Next(default);
            ticker.Next(complete);
            ticker.Next(Event<long>.Detached);
            long[] slot = [0];
            ticker.Next(c.Make(Slot.At(slot, ref slot[0]), 1));
            Primitives.timer(2 * s_period, c.Make(1));
            c.Held = slot;
        },
        c => Assert.Equal([2], (long[])c.Held!));

    /// <summary>A consumer that works and then waits for a tick, with or without a limit.</summary>
    private static void Compare((int Work, int LimitOrNone)[] steps)
    {
        Ticker ticker = null!;
        long taken = 0, now = 0;
        long[] slot = [0];
        var blocks = new List<Action<Call>>();
        foreach (var (work, limit) in steps)
        {
            blocks.Add(c =>
            {
                ticker ??= new Ticker(s_period);
                Primitives.timer(TimeSpan.FromTicks(work), c.Make(1));
            });
            blocks.Add(c =>
            {
                now = Operations.Now;
                slot[0] = 0;
                var e = c.Make(Slot.At(slot, ref slot[0]), 1);
                if (limit > 0)
                    Operations.After(limit, () => e.Unblock());
                ticker.Next(e);
            });
            blocks.Add(_ =>
            {
                long number = Math.Max(taken + 1, now / s_period.Ticks);
                long due = Math.Max(now, number * s_period.Ticks);
                bool isLate = limit > 0 && now + limit < due;
                Assert.Equal(isLate ? (0, now + limit) : (number, due), (slot[0], Operations.Now));
                taken = slot[0] == 0 ? taken : number;
            });
        }
        Loops.RunOpenEnded([.. blocks]);
    }
}

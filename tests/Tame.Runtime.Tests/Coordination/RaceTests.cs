using CsCheck;
using Tame.CompilerServices;

namespace Tame.Runtime.Tests.Coordination;

public sealed class RaceTests
{
    private static readonly Gen<Act> s_act = Gen.Select(Gen.Int[0, 5], Gen.Long[1, 1_000_000_000], (fate, ticks) => new Act((Fate)fate, ticks));

    [Fact]
    public void A_race_ends_as_its_first_operation_does_and_cancels_the_others() =>
        Gen.Select(s_act.Array[1, 6], Gen.Long[-500_000_000, 1_000_000_000]).Sample(Compare, iter: 2_000);

    [Fact]
    public void Without_values_the_winner_is_told_by_its_index()
    {
        var r = new Rendezvous();
        int[] slot = [-1];
        Loops.RunOpenEnded(
            c =>
            {
                Race.Run([e => Primitives.timer(TimeSpan.FromSeconds(2), e), e => Primitives.timer(TimeSpan.FromSeconds(1), e)], c.Make(r, Slot.At(slot, ref slot[0]), 1));
                Primitives.timer(TimeSpan.FromSeconds(3), c.Make(1));
            },
            _ => Assert.True(r.TryJoin()));
        Assert.Equal(1, slot[0]);
    }

    [Fact]
    public void A_race_without_contenders_fails_with_what_it_needs()
    {
        var outcome = new Operations([]).Run(e => Race.Run<int>([], e), null);
        Assert.Contains("at least one contender", Assert.IsType<ArgumentException>(outcome.Error).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_or_complete_event_starts_nothing() => Loops.RunOpenEnded(c =>
    {
        var operations = new Operations([new Act(Fate.Never, 0)]);
        var complete = c.Make(c.Slot(ref c.A), 1);
        complete.Unblock();
        Race.Run([operations.Start], complete);
        Race.Run([operations.Start], default(Event<int>));
        Assert.Empty(operations.Starts);
    });

    [Fact]
    public void Nobody_has_to_wait_for_the_winner()
    {
        var operations = new Operations([new Act(Fate.Never, 0), new Act(Fate.Value, 10)]);
        Loops.RunOpenEnded(
            c =>
            {
                Race.Run([operations.Start, operations.Start], Event<int>.Detached);
                Primitives.timer(TimeSpan.FromHours(1), c.Make(1));
            },
            _ => Assert.False(operations.ArePending));
    }

    [Fact]
    public void An_operation_learns_by_its_token_that_it_has_lost()
    {
        int cancelled = 0;
        // The first operation drops its event: the lifeline stays with it.
        Loops.Run(
            done => Call.Blocks(done, c => Race.Run(
                [e => e.Token.Register(() => cancelled++), e => Operations.After(1, () => e.Trigger(7))],
                c.Make(c.Slot(ref c.A), 1))),
            lifelines: 1);
        Assert.Equal(1, cancelled);
    }

    [Fact]
    public void A_race_that_the_end_of_its_loop_overtakes_cancels_its_operations()
    {
        var operations = new Operations([new Act(Fate.Never, 0)]);
        Loops.RunOpenEnded(c => Race.Run([operations.Start], c.Make(new Rendezvous(), c.Slot(ref c.A), 1)));
        Assert.False(operations.ArePending);
    }

    [Fact]
    public void A_race_leaves_nothing_behind() => Loops.RunBlocks(
        c => Race.Run([e => Primitives.timer(TimeSpan.FromHours(1), e.Unblocker), e => Operations.After(1, () => e.Trigger(7))], c.Make(c.Slot(ref c.A), 1)),
        c => Assert.Equal(7, c.A),
        c => Race.Run([e => Primitives.timer(TimeSpan.FromHours(1), e.Unblocker)], c.Make(c.Slot(ref c.A), 1).WithTimeout(TimeSpan.FromSeconds(1), Event<bool>.Ignored)));

    private static void Compare(Act[] acts, long limitOrNone)
    {
        long? limit = limitOrNone > 0 ? limitOrNone : null;
        var operations = new Operations(acts);
        var outcome = operations.Run(e => Race.Run([.. acts.Select(_ => (Action<Event<int>>)operations.Start)], e), limit);
        int first = Array.FindIndex(acts, act => act.IsAtOnce);
        Assert.Equal(first < 0 ? acts.Length : first + 1, operations.Starts.Count);
        Assert.All(operations.Starts, start => Assert.Equal(0, start));
        if (first < 0)
        {
            var timed = acts.Index().Where(act => act.Item.Fate != Fate.Never).OrderBy(act => act.Item.Ticks).ToList();
            first = timed.Count > 0 ? timed[0].Index : -1;
        }
        long at = first < 0 ? long.MaxValue : acts[first].IsAtOnce ? 0 : acts[first].Ticks;
        Assert.Equal(Expected(acts, first, at, limit), (outcome.Result, outcome.At));
    }

    private static (string Result, long At) Expected(Act[] acts, int first, long at, long? limit) =>
        limit < at ? ("nothing", limit.Value) : first < 0 ? ("nothing", -1) : (acts[first].Result(first), at);
}

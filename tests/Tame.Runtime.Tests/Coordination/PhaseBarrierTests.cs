using CsCheck;

namespace Tame.Runtime.Tests.Coordination;

public sealed class PhaseBarrierTests
{
    public static TheoryData<string> WaysToLeave => WaysOut.All;

    [Fact]
    public void A_barrier_does_what_a_number_and_a_list_of_arrivals_do() =>
        Gen.Select(Gen.Int[0, 4], Gen.Select(Gen.Int[0, 11], Gen.Int[0, 7]).Array[0, 60]).Sample(Compare, iter: 3_000);

    [Theory]
    [MemberData(nameof(WaysToLeave))]
    public void An_arrival_whose_event_completed_otherwise_is_taken_back(string way)
    {
        var barrier = new PhaseBarrier(2);
        Loops.RunOpenEnded(c => WaysOut.Check(way, c, e => barrier.Arrive(e.Unblocker), () =>
        {
            Assert.Equal((0, 0), (barrier.Arrived, barrier.Phase));
            var first = c.Make(new Rendezvous(), 1);
            barrier.Arrive(first);
            Assert.True(first.IsPending);
            barrier.Arrive(Event.Detached);
            Assert.False(first.IsPending);
            Assert.Equal((0, 1), (barrier.Arrived, barrier.Phase));
        }));
    }

    [Fact]
    public void An_empty_or_complete_event_does_not_arrive() => Loops.RunOpenEnded(c =>
    {
        var barrier = new PhaseBarrier(1);
        var complete = c.Make(1);
        complete.Trigger();
        barrier.Arrive(default);
        barrier.Arrive(complete);
        Assert.Equal(0, barrier.Phase);
    });

    [Fact]
    public void Participants_are_checked_and_the_message_says_what_to_do()
    {
        Assert.Contains("must not be negative", Assert.Throws<ArgumentOutOfRangeException>(() => new PhaseBarrier(-1)).Message, StringComparison.Ordinal);
        Loops.RunOpenEnded(_ =>
        {
            var barrier = new PhaseBarrier(0);
            Assert.Contains("Call AddParticipant", Assert.Throws<InvalidOperationException>(() => barrier.Arrive(Event.Detached)).Message, StringComparison.Ordinal);
            Assert.Contains("must follow one AddParticipant", Assert.Throws<InvalidOperationException>(barrier.RemoveParticipant).Message, StringComparison.Ordinal);
            Assert.Throws<InvalidOperationException>(new PhaseBarrier(int.MaxValue).AddParticipant);
        });
    }

    [Fact]
    public void When_its_loop_has_ended_the_barrier_begins_anew_for_the_next()
    {
        var barrier = new PhaseBarrier(1);
        Loops.RunOpenEnded(c =>
        {
            barrier.Arrive(Event.Detached);
            barrier.AddParticipant();
            barrier.Arrive(c.Make(new Rendezvous(), 1));
            Assert.Equal((2, 1, 1), (barrier.Participants, barrier.Arrived, barrier.Phase));
        });
        Loops.RunOpenEnded(_ =>
        {
            barrier.Arrive(Event.Detached);
            Assert.Equal((1, 0, 1), (barrier.Participants, barrier.Arrived, barrier.Phase));
        });
    }

    private static void Compare(int participants, (int Action, int Choice)[] steps) => Loops.RunOpenEnded(c =>
    {
        var barrier = new PhaseBarrier(participants);
        using var events = new Rendezvous<int>();
        var doomed = new Rendezvous();
        var line = new List<(int Id, Event Event, bool IsDoomed)>();
        var (expected, passed, phase, ids) = (new List<int>(), new List<int>(), 0L, 0);
        foreach (var (action, choice) in steps)
        {
            switch (action)
            {
                case <= 6:
                    bool isDoomed = choice == 0;
                    var e = isDoomed ? c.Make(doomed, 1) : c.Make(events, ids, 1);
                    if (participants == 0)
                    {
                        Assert.Throws<InvalidOperationException>(() => barrier.Arrive(e));
                        break;
                    }
                    line.Add((ids++, e, isDoomed));
                    Pass();
                    barrier.Arrive(e);
                    break;
                case 7:
                    participants++;
                    barrier.AddParticipant();
                    break;
                case <= 9 when participants > 0:
                    participants--;
                    Pass();
                    barrier.RemoveParticipant();
                    break;
                case 10 when line.Count > 0:
                    var leaver = line[choice % line.Count];
                    line.Remove(leaver);
                    if (!leaver.IsDoomed)
                        expected.Add(leaver.Id);
                    Assert.True(leaver.Event.Unblock());
                    break;
                case 11:
                    line.RemoveAll(waiter => waiter.IsDoomed);
                    doomed.Cancel();
                    doomed = new Rendezvous();
                    break;
            }
            while (events.TryJoin(out int id))
                passed.Add(id);
            Assert.Equal(expected, passed);
            Assert.Equal((participants, line.Count, phase), (barrier.Participants, barrier.Arrived, barrier.Phase));
        }

        void Pass()
        {
            if (line.Count < participants || line.Count == 0)
                return;
            phase++;
            expected.AddRange(line.Where(waiter => !waiter.IsDoomed).Select(waiter => waiter.Id));
            line.Clear();
        }
    });
}

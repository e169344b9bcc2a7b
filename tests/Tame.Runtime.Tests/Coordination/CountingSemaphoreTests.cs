using CsCheck;

namespace Tame.Runtime.Tests.Coordination;

public sealed class CountingSemaphoreTests
{
    public static TheoryData<string> WaysToLeave => WaysOut.All;

    [Fact]
    public void A_semaphore_does_what_a_number_and_a_list_of_waiters_do() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[1, 4], Gen.Select(Gen.Int[0, 9], Gen.Int[0, 7]).Array[0, 60])
            .Sample((available, maximum, steps) => Compare(Math.Min(available, maximum), maximum, steps), iter: 3_000);

    [Theory]
    [MemberData(nameof(WaysToLeave))]
    public void A_waiter_whose_event_completed_otherwise_never_gets_a_permit(string way)
    {
        var semaphore = new CountingSemaphore(1);
        Loops.RunOpenEnded(c =>
        {
            Assert.True(semaphore.TryAcquire());
            WaysOut.Check(way, c, e => semaphore.Acquire(e.Unblocker), () =>
            {
                Assert.Equal(0, semaphore.Waiting);
                semaphore.Release();
                Assert.Equal(1, semaphore.Available);
            });
        });
    }

    [Fact]
    public void An_empty_or_complete_event_takes_no_permit() => Loops.RunOpenEnded(c =>
    {
        var semaphore = new CountingSemaphore(1);
        var complete = c.Make(1);
        complete.Trigger();
        semaphore.Acquire(default);
        semaphore.Acquire(complete);
        Assert.Equal(1, semaphore.Available);
    });

    [Fact]
    public void The_detached_event_takes_a_permit_in_its_turn() => Loops.RunOpenEnded(_ =>
    {
        var semaphore = new CountingSemaphore(1);
        semaphore.Acquire(Event.Detached);
        semaphore.Acquire(Event.Detached);
        Assert.Equal((0, 1), (semaphore.Available, semaphore.Waiting));
        semaphore.Release();
        Assert.Equal((0, 0), (semaphore.Available, semaphore.Waiting));
    });

    [Fact]
    public void Numbers_are_checked_and_the_message_says_what_to_do()
    {
        AssertRefused("at least one permit", () => new CountingSemaphore(0));
        AssertRefused("from zero to the maximum", () => new CountingSemaphore(-1, 2));
        AssertRefused("from zero to the maximum", () => new CountingSemaphore(3, 2));
        Loops.RunOpenEnded(_ =>
        {
            var semaphore = new CountingSemaphore(1, 3);
            Assert.Throws<ArgumentOutOfRangeException>(() => semaphore.Release(0));
            string message = Assert.Throws<InvalidOperationException>(() => semaphore.Release(3)).Message;
            Assert.StartsWith("Release of 3 was called while 1 of 3 permits are available.", message, StringComparison.Ordinal);
            semaphore.Release(2);
            Assert.Equal((3, 3), (semaphore.Available, semaphore.Maximum));
            Assert.Throws<InvalidOperationException>(semaphore.Release);
        });
    }

    [Fact]
    public void When_its_loop_has_ended_the_semaphore_begins_anew_for_the_next()
    {
        var semaphore = new CountingSemaphore(1, 2);
        Loops.RunOpenEnded(c =>
        {
            Assert.True(semaphore.TryAcquire());
            semaphore.Acquire(c.Make(new Rendezvous(), 1));
        });
        Loops.RunOpenEnded(_ => Assert.True(semaphore.TryAcquire()));
        Assert.Equal((0, 0), (semaphore.Available, semaphore.Waiting));
    }

    private static void AssertRefused(string advice, Func<CountingSemaphore> make) =>
        Assert.Contains(advice, Assert.Throws<ArgumentOutOfRangeException>(make).Message, StringComparison.Ordinal);

    private static void Compare(int available, int maximum, (int Action, int Choice)[] steps) => Loops.RunOpenEnded(c =>
    {
        var semaphore = new CountingSemaphore(available, maximum);
        using var events = new Rendezvous<int>();
        var doomed = new Rendezvous();
        var line = new List<(int Id, Event Event, bool IsDoomed)>();
        var (expected, entered, free, ids) = (new List<int>(), new List<int>(), available, 0);
        foreach (var (action, choice) in steps)
        {
            switch (action)
            {
                case <= 3:
                    bool isDoomed = choice == 0;
                    var waiter = (Id: ids, Event: isDoomed ? c.Make(doomed, 1) : c.Make(events, ids, 1), isDoomed);
                    ids++;
                    if (free == 0)
                        line.Add(waiter);
                    else
                        Enter(waiter);
                    semaphore.Acquire(waiter.Event);
                    break;
                case 4:
                    Assert.Equal(free > 0, semaphore.TryAcquire());
                    free -= free > 0 ? 1 : 0;
                    break;
                case <= 7:
                    Release(1 + choice % 3);
                    break;
                case 8 when line.Count > 0:
                    var leaver = line[choice % line.Count];
                    line.Remove(leaver);
                    if (!leaver.IsDoomed)
                        expected.Add(leaver.Id);
                    Assert.True(leaver.Event.Unblock());
                    break;
                case 9:
                    line.RemoveAll(waiter => waiter.IsDoomed);
                    doomed.Cancel();
                    doomed = new Rendezvous();
                    break;
            }
            while (events.TryJoin(out int id))
                entered.Add(id);
            Assert.Equal(expected, entered);
            Assert.Equal((free, line.Count), (semaphore.Available, semaphore.Waiting));
        }

        void Enter((int Id, Event Event, bool IsDoomed) waiter)
        {
            free--;
            if (!waiter.IsDoomed)
                expected.Add(waiter.Id);
        }

        void Release(int permits)
        {
            if (free + permits - line.Count > maximum)
            {
                Assert.Throws<InvalidOperationException>(() => semaphore.Release(permits));
                return;
            }
            free += permits;
            for (; free > 0 && line.Count > 0; line.RemoveAt(0))
                Enter(line[0]);
            semaphore.Release(permits);
        }
    });
}

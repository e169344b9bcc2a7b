namespace Tame.Runtime.Tests.Coordination;

public sealed class SharedMutexTests : IDisposable
{
    private readonly SharedMutex _mutex = new();
    private readonly Rendezvous<string> _entered = new();

    public static TheoryData<string> WaysToLeave => WaysOut.All;

    public void Dispose() => _entered.Dispose();

    [Fact]
    public void A_free_mutex_is_acquired_at_once_alone_or_shared()
    {
        Loops.RunOpenEnded(c =>
        {
            Acquire(c, "alone");
            AssertEntered("alone");
            Assert.True(_mutex.IsHeld);
            Assert.Equal(0, _mutex.Sharers);
            _mutex.Release();
            Assert.False(_mutex.IsHeld);
            Share(c, "first");
            Share(c, "second");
            AssertEntered("first", "second");
            Assert.Equal(2, _mutex.Sharers);
        });
    }

    [Fact]
    public void Waiters_enter_in_the_order_in_which_they_asked()
    {
        Loops.RunOpenEnded(c =>
        {
            Acquire(c, "holder");
            Acquire(c, "a");
            Acquire(c, "b");
            Acquire(c, "c");
            AssertEntered("holder");
            Assert.Equal(3, _mutex.Waiting);
            foreach (string next in new[] { "a", "b", "c" })
            {
                _mutex.Release();
                AssertEntered(next);
            }
        });
    }

    [Fact]
    public void Sharers_in_a_row_enter_together()
    {
        Loops.RunOpenEnded(c =>
        {
            Acquire(c, "holder");
            Share(c, "a");
            Share(c, "b");
            Acquire(c, "alone");
            Share(c, "c");
            AssertEntered("holder");
            _mutex.Release();
            AssertEntered("a", "b");
            _mutex.ReleaseShared();
            AssertEntered();
            _mutex.ReleaseShared();
            AssertEntered("alone");
            _mutex.Release();
            AssertEntered("c");
        });
    }

    [Fact]
    public void A_sharer_behind_an_exclusive_waiter_waits()
    {
        Loops.RunOpenEnded(c =>
        {
            Share(c, "sharer");
            Acquire(c, "alone");
            Share(c, "behind");
            AssertEntered("sharer");
            Assert.False(_mutex.TryAcquireShared());
        });
    }

    [Fact]
    public void Try_takes_what_is_free_and_what_nobody_waits_for()
    {
        Loops.RunOpenEnded(c =>
        {
            Assert.True(_mutex.TryAcquire());
            Assert.False(_mutex.TryAcquire());
            Assert.False(_mutex.TryAcquireShared());
            _mutex.Release();
            Assert.True(_mutex.TryAcquireShared());
            Assert.True(_mutex.TryAcquireShared());
            Assert.False(_mutex.TryAcquire());
            Assert.Equal(2, _mutex.Sharers);
        });
    }

    [Theory]
    [MemberData(nameof(WaysToLeave))]
    public void A_waiter_whose_event_completes_otherwise_leaves_and_those_behind_move_up_at_once(string way)
    {
        Loops.RunOpenEnded(c =>
        {
            Share(c, "sharer");
            WaysOut.Check(
                way,
                c,
                e =>
                {
                    _mutex.Acquire(e.Unblocker);
                    Share(c, "behind");
                    Share(c, "next");
                    AssertEntered("sharer");
                },
                () =>
                {
                    AssertEntered("behind", "next");
                    Assert.Equal((3, 0), (_mutex.Sharers, _mutex.Waiting));
                });
        });
    }

    [Theory]
    [MemberData(nameof(WaysToLeave))]
    public void A_waiter_whose_event_completed_otherwise_never_gets_the_lock(string way)
    {
        Loops.RunOpenEnded(c =>
        {
            Acquire(c, "holder");
            WaysOut.Check(way, c, e => _mutex.Acquire(e.Unblocker), () =>
            {
                Assert.Equal(0, _mutex.Waiting);
                _mutex.Release();
                Assert.False(_mutex.IsHeld);
            });
        });
    }

    [Fact]
    public void A_waiter_may_leave_from_any_place_in_the_line()
    {
        Loops.RunOpenEnded(c =>
        {
            Acquire(c, "holder");
            Event first = Acquire(c, "a"), middle = Acquire(c, "b");
            Acquire(c, "c");
            var last = Acquire(c, "d");
            middle.Fail(new InvalidOperationException());
            last.Fail(new InvalidOperationException());
            first.Fail(new InvalidOperationException());
            AssertEntered("holder", "b failed", "d failed", "a failed");
            _mutex.Release();
            AssertEntered("c");
            Acquire(c, "e");
            _mutex.Release();
            AssertEntered("e");
        });
    }

    [Fact]
    public void A_waiter_that_the_entry_of_another_completes_does_not_enter()
    {
        Loops.RunOpenEnded(c =>
        {
            Acquire(c, "holder");
            var one = Share(c, "one");
            var other = Share(c, "other");
            one.AtTrigger(other);
            _mutex.Release();
            AssertEntered("holder", "one", "other");
            Assert.Equal(2, _mutex.Sharers); // the release admitted both before the first event's AtTriggers ran
            _mutex.ReleaseShared();
            _mutex.ReleaseShared();

            Acquire(c, "holder");
            one = Acquire(c, "one");
            other = Acquire(c, "other");
            one.AtTrigger(other);
            _mutex.Release();
            AssertEntered("holder", "one", "other");
            _mutex.Release();
            Assert.False(_mutex.IsHeld);
        });
    }

    [Fact]
    public void An_empty_or_complete_event_takes_no_lock()
    {
        Loops.RunOpenEnded(c =>
        {
            var complete = c.Make(1);
            complete.Trigger();
            _mutex.Acquire(default);
            _mutex.AcquireShared(complete);
            Assert.False(_mutex.IsHeld);
        });
    }

    [Fact]
    public void What_becomes_of_an_event_that_has_the_lock_changes_nothing()
    {
        Loops.RunOpenEnded(c =>
        {
            var r = new Rendezvous();
            var e = c.Make(r, 1);
            _mutex.Acquire(e);
            Assert.False(e.Unblock());
            r.Cancel();
            Assert.True(_mutex.IsHeld);
            _mutex.Release();
        });
    }

    [Fact]
    public void Nobody_waits_for_the_detached_event_and_it_enters_in_its_turn()
    {
        Loops.RunOpenEnded(c =>
        {
            Acquire(c, "holder");
            _mutex.Acquire(Event.Detached);
            Acquire(c, "last");
            _mutex.Release();
            AssertEntered("holder");
            Assert.True(_mutex.IsHeld);
            _mutex.Release();
            AssertEntered("last");
        });
    }

    [Fact]
    public void A_release_without_a_hold_is_an_error_that_says_so()
    {
        Loops.RunOpenEnded(c =>
        {
            AssertNotHeld(_mutex.Release, "exclusively");
            AssertNotHeld(_mutex.ReleaseShared, "shared");
            Acquire(c, "alone");
            AssertNotHeld(_mutex.ReleaseShared, "shared");
            _mutex.Release();
            Share(c, "shared");
            AssertNotHeld(_mutex.Release, "exclusively");
        });
    }

    [Fact]
    public void A_mutex_and_its_waiters_belong_to_one_loop()
    {
        Loops.RunOpenEnded(c =>
        {
            Acquire(c, "holder");
            var foreign = c.Make(1);
            Loops.OnThread(() =>
            {
                Assert.Throws<InvalidOperationException>(() => _mutex.Acquire(default));
                Assert.Throws<InvalidOperationException>(() => _mutex.TryAcquire());
                Assert.Throws<InvalidOperationException>(_mutex.Release);
                Loops.RunOpenEnded(_ => Assert.Throws<InvalidOperationException>(() => new SharedMutex().Acquire(foreign)));
            });
            foreign.Trigger();
        });
        Assert.Throws<InvalidOperationException>(() => new SharedMutex().TryAcquire());
    }

    [Fact]
    public void When_its_loop_has_ended_the_mutex_is_free_for_the_next()
    {
        Loops.RunOpenEnded(c =>
        {
            Assert.True(_mutex.TryAcquire());
            _mutex.Acquire(c.Make(new Rendezvous(), 1));
        });
        Loops.RunOpenEnded(_ => Assert.True(_mutex.TryAcquire()));
        Assert.Equal(0, _mutex.Waiting);
    }

    [Fact]
    public void A_waiter_in_line_is_not_lost()
    {
        Loops.RunOpenEnded(
            c =>
            {
                Assert.True(_mutex.TryAcquire());
                _mutex.Acquire(c.Make(1));
                Call.Blocks(c.Make(1), inner => Primitives.timer(TimeSpan.FromSeconds(1), inner.Make(1)), _ => Release());
            },
            _ => Assert.True(_mutex.IsHeld));

        void Release()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            EventLoop.Current!.Post(_mutex.Release);
        }
    }

    private static void AssertNotHeld(Action release, string how) =>
        Assert.Contains($"no caller holds the mutex {how}", Assert.Throws<InvalidOperationException>(release).Message, StringComparison.Ordinal);

    private Event Acquire(Call c, string name)
    {
        var e = c.Make(_entered, name, 1);
        _mutex.Acquire(e);
        return e;
    }

    private Event Share(Call c, string name)
    {
        var e = c.Make(_entered, name, 1);
        _mutex.AcquireShared(e);
        return e;
    }

    /// <summary>The calls that entered since the last call, in order.</summary>
    private void AssertEntered(params string[] names)
    {
        var entered = new List<string>();
        while (_entered.TryJoin(out string? name, out var error))
            entered.Add(error is null ? name! : $"{name} failed");
        Assert.Equal(names, entered);
    }
}

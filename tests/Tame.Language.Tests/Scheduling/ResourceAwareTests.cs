namespace Tame.Language.Tests.Scheduling;

/// <summary>The order of calls that can run, under virtual time.</summary>
public sealed partial class ResourceAwareTests
{
    private readonly Resource _buffers = new("buffers", 10);
    private readonly List<string> _log = [];

    [Fact]
    public void While_nothing_is_scarce_calls_run_in_the_order_in_which_they_came()
    {
        Teach();
        Run(done => Both(4, done));
        Assert.Equal("take 1, take 2, give 3, give 4", string.Join(", ", _log));
    }

    [Fact]
    public void While_a_resource_is_scarce_calls_that_give_it_back_come_first()
    {
        Teach();
        Run(done => Both(10, done));
        Assert.Equal("give 3, give 4, take 1, take 2", string.Join(", ", _log));
    }

    [Fact]
    public void By_default_the_order_is_that_of_coming_whatever_is_scarce()
    {
        Teach();
        Run(done => Both(10, done), SchedulingPolicy.FirstInFirstOut);
        Assert.Equal("take 1, take 2, give 3, give 4", string.Join(", ", _log));
    }

    [Fact]
    public void Calls_that_take_wait_while_another_has_taken_and_can_give_it_back()
    {
        Teach();
        Run(done => TakeWhileHeld(TimeSpan.FromMilliseconds(300), done));
        Assert.Equal("hold, held, take 1 after 300 ms", string.Join(", ", _log));
    }

    [Fact]
    public void A_call_is_passed_over_for_the_longest_time_and_no_longer()
    {
        Teach();
        Run(done => TakeWhileHeld(TimeSpan.FromMinutes(1), done));
        Assert.Equal("hold, take 1 after 1000 ms, held", string.Join(", ", _log));
    }

    [Fact]
    public void Where_every_call_takes_they_run_on_in_the_order_in_which_they_came()
    {
        Run(done => AllTake(50, done));
        Assert.Equal(Enumerable.Range(0, 50).Concat(Enumerable.Range(0, 50)).Select(i => $"take {i}"), _log);
        Assert.Equal(100, _buffers.Used);
    }

    [Fact]
    public void When_the_loop_ends_calls_that_were_passed_over_run_and_are_cancelled_where_they_wait_next()
    {
        Teach();
        Run(EndWhileHeld);
        Assert.Equal("hold, take 1, cancelled, cancelled", string.Join(", ", _log));
    }

    /// <summary>Runs each kind of call once, so that the policy knows what they take. It knows them by wait point: that is, in this loop only.</summary>
    private void Teach() => _teach = true;

    private bool _teach;

    private void Run(Action<Event> main, SchedulingPolicy policy = SchedulingPolicy.ResourceAware) => EventLoop.Run(
        done => Main(main, done),
        new EventLoopOptions { VirtualTime = true, Scheduling = policy, Resources = [_buffers] });

    [Tamed] private partial void Main(Action<Event> main, Event done);

    private void MainBody(Action<Event> main, Event done)
    {
        if (_teach)
        {
            twait(e => Take("", e));
            _buffers.Give();
            _buffers.Take();
            twait(e => Give("", e));
            _log.Clear();
        }
        twait(e => main(e));
        done.Trigger();
    }

    [Tamed] private partial void Both(int used, Event done);

    private void BothBody(int used, Event done)
    {
        _buffers.Take(used);
        using (twait())
        {
            Take("1", mkevent());
            Take("2", mkevent());
            Give("3", mkevent());
            Give("4", mkevent());
        }
        done.Trigger();
    }

    [Tamed] private partial void Take(string name, Event done);

    private void TakeBody(string name, Event done)
    {
        twait(e => asap(e));
        _buffers.Take();
        _log.Add($"take {name}");
        twait(e => asap(e));
        done.Trigger();
    }

    [Tamed] private partial void Give(string name, Event done);

    private void GiveBody(string name, Event done)
    {
        twait(e => asap(e));
        _buffers.Give();
        _log.Add($"give {name}");
        done.Trigger();
    }

    /// <summary>Takes all, and gives it back after a time, while another call is ready to take.</summary>
    [Tamed] private partial void TakeWhileHeld(TimeSpan time, Event done);

    private void TakeWhileHeldBody(TimeSpan time, Event done)
    {
        using (twait())
        {
            Hold(time, mkevent());
            TakeLater(mkevent());
        }
        done.Trigger();
    }

    [Tamed] private partial void Hold(TimeSpan time, Event done);

    private void HoldBody(TimeSpan time, Event done)
    {
        twait(e => asap(e));
        _buffers.Take(10);
        _log.Add("hold");
        try
        {
            twait(e => timer(time, e));
            _log.Add("held");
        }
        catch (OperationCanceledException)
        {
            _log.Add("cancelled");
        }
        _buffers.Give(10);
        done.Trigger();
    }

    [Tamed] private partial void TakeLater(Event done);

    private void TakeLaterBody(Event done)
    {
        var clock = EventLoop.Current!.TimeProvider;
        twait(e => asap(e));
        long start = clock.GetTimestamp();
        try
        {
            twait(e => Take("1", e));
        }
        catch (OperationCanceledException)
        {
            _log.Add("cancelled");
        }
        _log[^1] += _log[^1].StartsWith("take") ? $" after {clock.GetElapsedTime(start).TotalMilliseconds} ms" : "";
        done.Trigger();
    }

    [Tamed] private partial void AllTake(int calls, Event done);

    private void AllTakeBody(int calls, Event done)
    {
        using (twait())
        {
            for (int i = 0; i < calls; i++)
                TakeTwice(i, mkevent());
        }
        done.Trigger();
    }

    [Tamed] private partial void TakeTwice(int number, Event done);

    private void TakeTwiceBody(int number, Event done)
    {
        for (int i = 0; i < 2; i++)
        {
            twait(e => asap(e));
            _buffers.Take();
            _log.Add($"take {number}");
        }
        done.Trigger();
    }

    [Tamed] private partial void EndWhileHeld(Event done);

    private void EndWhileHeldBody(Event done)
    {
        Hold(TimeSpan.FromHours(1), Event.Detached);
        TakeLater(Event.Detached);
        twait(e => timer(TimeSpan.FromMilliseconds(500), e));
        done.Trigger();
    }
}

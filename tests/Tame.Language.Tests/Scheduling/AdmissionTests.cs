namespace Tame.Language.Tests.Scheduling;

public sealed partial class AdmissionTests
{
    private readonly Resource _places = new("places", 10) { LowWatermark = 0.5, HighWatermark = 0.8 };
    private readonly List<string> _log = [];

    [Fact]
    public void New_work_is_welcome_until_the_high_watermark_and_again_from_the_low_one_on()
    {
        Run(done =>
        {
            var admission = EventLoop.Current!.Admission;
            for (int used = 1; used <= 9; used++)
            {
                _places.Take();
                _log.Add($"{admission.IsOpen}");
            }
            for (int used = 8; used >= 4; used--)
            {
                _places.Give();
                _log.Add($"{admission.IsOpen}");
            }
            done.Trigger();
        });
        Assert.Equal([.. Enumerable.Repeat("True", 7), "False", "False", .. Enumerable.Repeat("False", 3), "True", "True"], _log);
    }

    [Fact]
    public void Those_who_wait_are_admitted_one_after_the_other_while_it_is_open()
    {
        Run(done => Crowd(12, done));
        Assert.Equal([.. Enumerable.Range(0, 8), .. Enumerable.Range(8, 4)], _log.Where(line => line.StartsWith("in ")).Select(line => int.Parse(line[3..])));
        Assert.Equal(8, _log.TakeWhile(line => line.StartsWith("in ")).Count());
    }

    [Fact]
    public void Who_gives_up_leaves_the_line()
    {
        Run(GiveUp);
        Assert.Equal("gave up, 0 waiting", string.Join(", ", _log));
    }

    [Fact]
    public void A_loop_without_resources_is_open()
    {
        bool isOpen = false;
        EventLoop.Run(done =>
        {
            isOpen = EventLoop.Current!.Admission.IsOpen;
            EventLoop.Current.Admission.Wait(done);
        });
        Assert.True(isOpen);
    }

    [Fact]
    public void Who_waits_when_the_loop_ends_is_cancelled()
    {
        Run(done =>
        {
            _places.Take(10);
            WaitForIt(Event.Detached);
            timer(TimeSpan.FromSeconds(1), done);
        });
        Assert.Equal(["cancelled"], _log);
    }

    [Fact]
    public void Waiting_for_what_nothing_gives_back_is_a_deadlock_in_virtual_time()
    {
        var error = Assert.Throws<DeadlockException>(() => Run(done =>
        {
            _places.Take(10);
            WaitForIt(done);
        }));
        Assert.Contains(nameof(WaitForIt), error.Message);
    }

    private void Run(Action<Event> main) => EventLoop.Run(main, new EventLoopOptions { VirtualTime = true, Resources = [_places] });

    [Tamed] private partial void Crowd(int size, Event done);

    private void CrowdBody(int size, Event done)
    {
        using (twait())
        {
            for (int i = 0; i < size; i++)
                Enter(i, mkevent());
        }
        done.Trigger();
    }

    [Tamed] private partial void Enter(int number, Event done);

    private void EnterBody(int number, Event done)
    {
        twait(e => EventLoop.Current!.Admission.Wait(e));
        _places.Take();
        _log.Add($"in {number}");
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        _places.Give();
        _log.Add($"out {number}");
        done.Trigger();
    }

    [Tamed] private partial void GiveUp(Event done);

    private void GiveUpBody(Event done)
    {
        _places.Take(10);
        try
        {
            twait(e => EventLoop.Current!.Admission.Wait(e.WithTimeout(TimeSpan.FromSeconds(1))));
        }
        catch (TimeoutException)
        {
            _log.Add("gave up");
        }
        _log.Add($"{EventLoop.Current!.Admission.Waiting} waiting");
        done.Trigger();
    }

    [Tamed] private partial void WaitForIt(Event done);

    private void WaitForItBody(Event done)
    {
        try
        {
            twait(e => EventLoop.Current!.Admission.Wait(e));
        }
        catch (OperationCanceledException)
        {
            _log.Add("cancelled");
        }
        done.Trigger();
    }
}

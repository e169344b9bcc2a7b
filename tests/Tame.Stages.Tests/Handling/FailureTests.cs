namespace Tame.Stages.Tests.Handling;

public sealed partial class FailureTests
{
    [Fact]
    public void An_exception_of_a_handler_fails_the_event_of_its_item_and_the_stage_goes_on() => Loops.Run(Failing);

    [Fact]
    public void A_failure_without_an_event_is_unhandled_and_the_stage_goes_on() => Loops.Run(Unhandled);

    [Fact]
    public void A_handler_that_drops_its_event_fails_its_item() => Loops.Run(Dropping);

    [Tamed]
    private static partial void Failing(Event done);

    private static void FailingBody(Event done)
    {
        var stage = Stage.OnLoop<int>("s", Odd);
        using var r = new Rendezvous<int>();
        stage.TryEnqueue(1, mkevent(r, 1));
        stage.TryEnqueue(2, mkevent(r, 2));
        twait(r, out int first, out Exception? error);
        Assert.Equal((1, "odd 1"), (first, error?.Message));
        twait(r, out int second);
        Assert.Equal(2, second);
        Assert.Equal((0, 0), (stage.Running, stage.Length));
        done.Trigger();
    }

    [Tamed]
    private static partial void Unhandled(Event done);

    private static void UnhandledBody(Event done)
    {
        var errors = new List<string>();
        EventLoop.Current!.UnhandledException += (_, e) =>
        {
            errors.Add(e.Exception.Message);
            e.Handled = true;
        };
        var stage = Stage.OnLoop<int>("s", Odd);
        stage.TryEnqueue(1);
        stage.TryEnqueue(3, Event.Detached);
        stage.TryEnqueue(5, Event.Ignored);
        twait(e => stage.TryEnqueue(2, e));
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        Assert.Equal(["odd 1", "odd 3"], errors);
        done.Trigger();
    }

    [Tamed]
    private static partial void Dropping(Event done);

    private static void DroppingBody(Event done)
    {
        var stage = Stage.OnLoop<int>("parse", (_, _) => { });
        using var r = new Rendezvous<int>();
        stage.TryEnqueue(1, mkevent(r, 1));
        twait(r, out int _, out Exception? error);
        Assert.Contains("'parse'", Assert.IsType<LostEventException>(error).Message, StringComparison.Ordinal);
        Assert.Equal(EnqueueOutcome.Accepted, stage.TryEnqueue(2, Event.Ignored));
        done.Trigger();
    }

    private static void Odd(int item, Event done)
    {
        if (item % 2 != 0)
            throw new InvalidOperationException($"odd {item}");
        done.Trigger();
    }
}

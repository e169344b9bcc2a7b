using static Tame.Stages.Tests.Controllers.Admission;

namespace Tame.Stages.Tests.Controllers;

/// <summary>Two classes of requests with targets of one second and of four: the first is the more important one. Windows end after half a second.</summary>
public sealed class RequestClassTests
{
    private static readonly OverloadOptions s_options = new() { Targets = [Seconds(1), Seconds(4)], Window = Seconds(0.5), Depth = 1000 };
    private readonly OverloadController _controller = new(s_options);

    [Fact]
    public void Each_class_has_a_rate_and_a_target()
    {
        Assert.Equal(2, _controller.Classes);
        _controller.Ask(150, 0, requestClass: 1);
        _controller.Answer(50, 1.5, 0.5, requestClass: 1);
        Assert.Equal((100, 100), (_controller.Rate(0), _controller.Rate(1)));
        _controller.Ask(150, 10, requestClass: 0);
        _controller.Answer(50, 1.5, 10.5, requestClass: 0);
        Assert.InRange(_controller.Rate(0), 50, 99);
        Assert.Equal(100, _controller.Rate(1));
    }

    [Fact]
    public void The_less_important_class_gives_way_first()
    {
        AskBoth(150);
        _controller.Answer(50, 1.5, 0.5, requestClass: 0);
        Assert.Equal(100, _controller.Rate(0));
        // It is within its own target, but the first class is not.
        _controller.Answer(50, 1.5, 0.5, requestClass: 1);
        Assert.InRange(_controller.Rate(1), 50, 99);
    }

    [Fact]
    public void The_more_important_class_gives_way_when_the_other_has_nothing_left_to_give()
    {
        var controller = new OverloadController(s_options with { MinRate = 10 });
        controller.Ask(1100, 0, requestClass: 1);
        controller.Ask(1100, 0, requestClass: 0);
        controller.Answer(5, 20, 0.5, requestClass: 1);
        Assert.Equal(10, controller.Rate(1));
        controller.Answer(50, 3, 0.5, requestClass: 0);
        Assert.InRange(controller.Rate(0), 50, 99);
    }

    [Fact]
    public void The_less_important_class_does_not_rise_while_the_other_is_above_its_target()
    {
        var (alone, beside) = (new OverloadController(s_options with { Depth = 10 }), new OverloadController(s_options with { Depth = 10 }));
        beside.Ask(20, 0, requestClass: 0);
        beside.Answer(3, 1.5, 0.5, requestClass: 0);
        foreach (var controller in new[] { alone, beside })
        {
            controller.Ask(20, 0, requestClass: 1);
            controller.Answer(80, 0.1, 0.5, requestClass: 1);
        }
        Assert.Equal(320, alone.Rate(1));
        Assert.InRange(beside.Rate(1), 100, 160);
    }

    [Fact]
    public void A_class_of_which_no_requests_come_holds_no_other_back()
    {
        var controller = new OverloadController(s_options with { Depth = 10 });
        controller.Ask(20, 0, requestClass: 0);
        controller.Answer(3, 1.5, 0.5, requestClass: 0);
        controller.Ask(20, 10, requestClass: 1);
        controller.Answer(80, 0.1, 10.5, requestClass: 1);
        Assert.Equal(320, controller.Rate(1));
    }

    private void AskBoth(int requests)
    {
        _controller.Ask(requests, 0, requestClass: 0);
        _controller.Ask(requests, 0, requestClass: 1);
    }
}

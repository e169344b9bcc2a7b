using static Tame.Stages.Tests.Controllers.Admission;

namespace Tame.Stages.Tests.Controllers;

/// <summary>Two classes of requests: the first is the more important one.</summary>
public sealed class RequestClassTests
{
    private readonly OverloadController _controller = new(new OverloadOptions { Targets = [Seconds(1), Seconds(4)] });

    [Fact]
    public void Each_class_has_a_rate_and_a_target()
    {
        Assert.Equal(2, _controller.Classes);
        _controller.Answer(100, 2, 1, requestClass: 1);
        Assert.Equal((100, 100), (_controller.Rate(0), _controller.Rate(1)));
        _controller.Answer(100, 2, 1, requestClass: 0);
        Assert.Equal((88, 100), (_controller.Rate(0), _controller.Rate(1)));
    }

    [Fact]
    public void The_less_important_class_gives_way_first()
    {
        AskBoth(0.5);
        _controller.Answer(100, 2, 1, requestClass: 0);
        Assert.Equal(100, _controller.Rate(0));
        // It is within its own target, but the first class is not.
        _controller.Answer(100, 2, 1, requestClass: 1);
        Assert.InRange(_controller.Rate(1), 50, 99);
    }

    [Fact]
    public void The_more_important_class_gives_way_when_the_other_has_nothing_left_to_give()
    {
        var controller = new OverloadController(new OverloadOptions { Targets = [Seconds(1), Seconds(4)], MinRate = 100 });
        controller.Ask(1, 0.5, requestClass: 1);
        controller.Ask(1, 0.5, requestClass: 0);
        controller.Answer(1000, 2, 1, requestClass: 0);
        Assert.Equal(100, controller.Rate(1));
        controller.Answer(1000, 2, 2, requestClass: 0);
        Assert.Equal(100, controller.Rate(0));
    }

    [Fact]
    public void The_less_important_class_does_not_rise_while_the_other_is_above_its_target()
    {
        AskBoth(0.5);
        _controller.Answer(100, 1.5, 1, requestClass: 0);
        _controller.Answer(300, 0.1, 1, requestClass: 1);
        Assert.InRange(_controller.Rate(1), 1, 300);
        var alone = new OverloadController(new OverloadOptions { Targets = [Seconds(1), Seconds(4)] });
        alone.Ask(500, 0.5, requestClass: 1);
        alone.Answer(300, 0.1, 1, requestClass: 1);
        Assert.Equal(1200, alone.Rate(1));
    }

    [Fact]
    public void A_class_of_which_no_requests_come_holds_no_other_back()
    {
        AskBoth(0.5);
        _controller.Answer(100, 2, 1, requestClass: 0);
        _controller.Ask(500, 10, requestClass: 1);
        _controller.Answer(300, 0.1, 11, requestClass: 1);
        Assert.True(_controller.Rate(1) >= 600);
    }

    private void AskBoth(double now)
    {
        _controller.Ask(500, now, requestClass: 0);
        _controller.Ask(500, now, requestClass: 1);
    }
}

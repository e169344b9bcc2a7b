namespace Tame.Stages.Tests.Controllers;

/// <summary>The rule of SEDA's code, with its constants: the target is a second, and 0.7 of the percentile is what it was before.</summary>
public sealed class PaperRuleTests
{
    private readonly OverloadController _controller = new(OverloadOptions.Paper);

    [Fact]
    public void It_starts_with_ten_requests_and_ten_a_second()
    {
        Assert.Equal(10, _controller.Ask(20, 0));
        Assert.Equal(1, _controller.Ask(20, 0.1));
    }

    [Fact]
    public void Below_nine_tenths_of_the_target_the_rate_rises_by_a_half()
    {
        _controller.Answer(100, 2.9, 0.1);
        Assert.Equal(0.87, _controller.ResponseTime(0).TotalSeconds, 9);
        Assert.Equal(10.5, _controller.Rate(0));
    }

    [Theory]
    [InlineData(3.1)]
    [InlineData(3.9)]
    public void Near_the_target_the_rate_stays(double took)
    {
        _controller.Answer(100, took, 0.1);
        Assert.Equal(10, _controller.Rate(0));
    }

    [Fact]
    public void Above_the_target_by_more_than_a_fifth_the_rate_is_halved()
    {
        _controller.Answer(100, 4.1, 0.1);
        Assert.Equal(5, _controller.Rate(0));
        _controller.Answer(100, 4.1, 0.2);
        Assert.Equal(2.5, _controller.Rate(0));
    }

    [Fact]
    public void The_percentile_is_smoothed()
    {
        _controller.Answer(100, 1, 0.1);
        _controller.Answer(100, 2, 0.2);
        Assert.Equal(0.7 * 0.3 + 0.3 * 2, _controller.ResponseTime(0).TotalSeconds, 9);
    }

    [Fact]
    public void The_ninetieth_percentile_is_taken()
    {
        _controller.Answer(90, 0.1, 0.1);
        _controller.Answer(10, 1, 0.1);
        Assert.Equal(0.3, _controller.ResponseTime(0).TotalSeconds, 9);
    }

    [Fact]
    public void After_a_second_fewer_answers_decide()
    {
        _controller.Answer(3, 4.1, 0.999);
        Assert.Equal(10, _controller.Rate(0));
        _controller.Answer(1, 4.1, 1);
        Assert.Equal(5, _controller.Rate(0));
    }

    [Fact]
    public void The_rate_stays_within_its_bounds()
    {
        for (int i = 1; i <= 20; i++)
            _controller.Answer(100, 100, i);
        Assert.Equal(0.05, _controller.Rate(0));
        var high = new OverloadController(OverloadOptions.Paper with { InitialRate = 4999.7 });
        high.Answer(100, 0.1, 1);
        Assert.Equal(5000, high.Rate(0));
    }

    [Fact]
    public void Its_constants_are_those_of_the_code()
    {
        var paper = OverloadOptions.Paper;
        Assert.Equal((0.9, 100, TimeSpan.FromSeconds(1), 0.7), (paper.Percentile, paper.Samples, paper.Window, paper.Smoothing));
        Assert.Equal((0.9, 1.2, 0.5, 2.0), (paper.Low, paper.High, paper.Increase, paper.Divisor));
        Assert.Equal((10.0, 10.0, 0.05, 5000.0), (paper.InitialRate, paper.Depth, paper.MinRate, paper.MaxRate));
    }
}

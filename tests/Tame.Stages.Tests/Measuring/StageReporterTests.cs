namespace Tame.Stages.Tests.Measuring;

/// <summary>What tools such as the dashboard read of stages.</summary>
public sealed partial class StageReporterTests
{
    [Fact]
    public void Tools_read_the_stages_of_the_process_and_where_each_sends() => Loops.Run(Read);

    [Tamed]
    private static partial void Read(Event done);

    private static void ReadBody(Event done)
    {
        var last = Stage.OnLoop<int>("reported last", Long, new() { Capacity = 8 });
        var first = Stage.OnLoop<int>("reported first", Long, new() { Capacity = 4 });
        var graph = new StageGraph("reported").Connect(first, last).Connect(first, last, StageLink.Tries).AddEnd(last);
        graph.Start();
        for (int i = 0; i < 3; i++)
            first.TryEnqueue(i, Event.Ignored);
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        var (reading, next) = (Named(first), Named(last));
        Assert.Equal((first.Number, 4, 2, 3L), (reading.Number, reading.Capacity, reading.Length, reading.Accepted));
        Assert.Equal([next.Number], reading.Next);
        Assert.Empty(next.Next);
        Assert.Equal(2.0, reading.Figures.Single(figure => figure.Name == "items in the queue").Value);
        Assert.Equal(1.0, reading.Figures.Single(figure => figure.Name == "calls that run").Value);
        Assert.All(reading.Figures, figure => Assert.True(figure.Value is double or TimeSpan, figure.Name));

        twait(e => first.Stop(TimeSpan.Zero, e));
        Assert.DoesNotContain(StageReadings.Now, stage => stage.Name == first.Name);
        twait(e => last.Stop(TimeSpan.Zero, e));
        GC.KeepAlive(graph);
        done.Trigger();
    }

    private static StageReading Named(Stage stage) => Assert.Single(StageReadings.Now, reading => reading.Name == stage.Name);

    [Tamed]
    private static partial void Long(int item, Event done);

    private static void LongBody(int item, Event done)
    {
        twait(e => timer(TimeSpan.FromHours(1), e));
        done.Trigger();
    }
}

namespace Tame.Stages.Tests.Handling;

public sealed partial class BatchTests
{
    [Fact]
    public void What_is_queued_comes_in_batches_up_to_the_limit() => Loops.Run(Limited);

    [Fact]
    public void Single_items_of_a_batch_complete_or_fail_ahead_of_the_others() => Loops.Run(Single);

    [Fact]
    public void An_exception_fails_all_items_of_a_batch() => Loops.Run(Failed);

    [Fact]
    public void An_item_that_was_failed_alone_is_told_and_counted_once() => Loops.Run(Once);

    [Tamed]
    private static partial void Once(Event done);

    private static void OnceBody(Event done)
    {
        var errors = new List<string>();
        EventLoop.Current!.UnhandledException += (_, e) =>
        {
            errors.Add(e.Exception.Message);
            e.Handled = true;
        };
        var stage = Stage.OnLoopInBatches<int>("s", (batch, _) =>
        {
            batch.Fail(0, new InvalidOperationException("one"));
            batch.Complete(1);
            throw new InvalidOperationException("all");
        });
        for (int i = 0; i < 3; i++)
            stage.TryEnqueue(i);
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        Assert.Equal(["one", "all"], errors);
        Assert.Equal((3, 2), (stage.Statistics.Completed, stage.Statistics.Failed));
        done.Trigger();
    }

    [Tamed]
    private static partial void Limited(Event done);

    private static void LimitedBody(Event done)
    {
        var batches = new List<int[]>();
        var lists = new HashSet<object>();
        var stage = Stage.OnLoopInBatches<int>("s", (batch, end) =>
        {
            batches.Add([.. batch]);
            lists.Add(batch);
            end.Trigger();
        }, new() { BatchSize = 3 });
        for (int i = 0; i < 7; i++)
            stage.TryEnqueue(i);
        Assert.Empty(batches);
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        Assert.Equal([[0, 1, 2], [3, 4, 5], [6]], batches);
        Assert.Single(lists);
        done.Trigger();
    }

    [Tamed]
    private static partial void Single(Event done);

    private static void SingleBody(Event done)
    {
        var stage = Stage.OnLoopInBatches<int>("s", Choosy);
        using var r = new Rendezvous<int>();
        for (int i = 0; i < 3; i++)
            stage.TryEnqueue(i, mkevent(r, i));
        twait(r, out int id, out Exception? error);
        Assert.Equal((1, "one"), (id, error?.Message));
        twait(r, out id, out error);
        Assert.Equal((2, null), (id, error));
        twait(r, out id, out error);
        Assert.Equal((0, "all"), (id, error?.Message));
        done.Trigger();
    }

    [Tamed]
    private static partial void Failed(Event done);

    private static void FailedBody(Event done)
    {
        var stage = Stage.OnLoopInBatches<int>("s", (_, _) => throw new InvalidOperationException("all"));
        using var r = new Rendezvous<int>();
        for (int i = 0; i < 3; i++)
            stage.TryEnqueue(i, mkevent(r, i));
        for (int i = 0; i < 3; i++)
        {
            twait(r, out int id, out Exception? error);
            Assert.Equal((i, "all"), (id, error?.Message));
        }
        Assert.Equal(3, stage.Statistics.Failed);
        done.Trigger();
    }

    [Tamed]
    private static partial void Choosy(StageBatch<int> batch, Event done);

    private static void ChoosyBody(StageBatch<int> batch, Event done)
    {
        batch.Fail(1, new InvalidOperationException("one"));
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        batch.Complete(2);
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        throw new InvalidOperationException("all");
    }
}

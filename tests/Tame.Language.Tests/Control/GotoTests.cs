namespace Tame.Language.Tests.Control;

/// <summary>Labels and jumps to them.</summary>
public sealed partial class GotoTests
{
    [Fact]
    public void Sibling_blocks_may_have_labels_of_one_name_with_and_without_waits() => Assert.Equal("1 2 3 4 5 3", Trace.Of(Siblings));

    [Tamed] private static partial void Siblings(Trace trace, Event done);

    private static void SiblingsBody(Trace trace, Event done)
    {
        var n = 0;
        {
        again:
            using (twait()) asap(mkevent());
            trace.Add(++n);
            if (n < 2) goto again;
        }

        {
        again:
            trace.Add(++n);
            if (n < 5) goto again;
        }

        var count = () =>
        {
            var k = 0;
        again:
            k++;
            if (k < 3) goto again;
            return k;
        };
        trace.Add(count());
        done.Trigger();
    }

    [Fact]
    public void A_goto_leaves_nested_loops_through_their_finally_blocks() =>
        Assert.Equal("0:0 f 0:1 f 1:0 f out", Trace.Of(OutOfLoops));

    [Tamed] private static partial void OutOfLoops(Trace trace, Event done);

    private static void OutOfLoopsBody(Trace trace, Event done)
    {
        for (var i = 0; i < 3; i++)
        {
            foreach (var j in new[] { 0, 1 })
            {
                try
                {
                    using (twait()) asap(mkevent());
                    trace.Add($"{i}:{j}");
                    if (i == 1) goto outside;
                }
                finally
                {
                    trace.Add("f");
                }
            }
        }

        trace.Add("never");
    outside:
        trace.Add("out");
        done.Trigger();
    }

    [Fact]
    public void A_goto_goes_back_into_a_try_that_it_left() => Assert.Equal("0 f c1 1 f c2 2 f 3", Trace.Of(BackToTry));

    [Tamed] private static partial void BackToTry(Trace trace, Event done);

    private static void BackToTryBody(Trace trace, Event done)
    {
        var n = 0;
    again:
        try
        {
            try
            {
                using (twait()) asap(mkevent());
                trace.Add(n);
                if (n++ < 2) throw new InvalidOperationException();
            }
            finally
            {
                trace.Add("f");
            }
        }
        catch (InvalidOperationException)
        {
            trace.Add("c" + n);
            goto again;
        }

        trace.Add(n);
        done.Trigger();
    }

    [Fact]
    public void A_goto_makes_a_state_machine() => Assert.Equal("start work work work retry start work work work stop", Trace.Of(States));

    [Tamed] private static partial void States(Trace trace, Event done);

    private static void StatesBody(Trace trace, Event done)
    {
        int tries = 0, work;
    start:
        trace.Add("start");
        work = 0;
        using (twait()) asap(mkevent());
        goto working;
    retry:
        trace.Add("retry");
        using (twait()) timer(TimeSpan.FromMinutes(1), mkevent());
        goto start;
    working:
        trace.Add("work");
        if (++work < 3)
        {
            using (twait()) asap(mkevent());
            goto working;
        }

        if (tries++ == 0) goto retry;
        goto stop;
    stop:
        trace.Add("stop");
        done.Trigger();
    }

    [Fact]
    public void A_label_may_stand_before_a_declaration_and_before_a_loop() => Assert.Equal("0 0:0 0:1 1 1:0 1:1 2", Trace.Of(Labels));

    [Tamed] private static partial void Labels(Trace trace, Event done);

    private static void LabelsBody(Trace trace, Event done)
    {
        var n = 0;
    again:
        int x;
        using (twait()) asap(mkevent());
        x = n;
        trace.Add(x);
        if (n == 2) goto end;
    loop:
        for (var i = 0; i < 2; i++)
        {
            using (twait()) asap(mkevent());
            trace.Add($"{n}:{i}");
        }

        n++;
        if (n < 0) goto loop;
        goto again;
    end:
        done.Trigger();
    }
}

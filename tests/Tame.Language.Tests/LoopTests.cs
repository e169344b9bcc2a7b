namespace Tame.Language.Tests;

/// <summary>Waits in loops of every kind, with every way out.</summary>
public sealed partial class LoopTests
{
    [Fact]
    public void A_while_loop_goes_on_after_each_wait() => Assert.Equal("0 1 3 end 4", Trace.Of(While));

    [Tamed] private static partial void While(Trace trace, Event done);

    private static void WhileBody(Trace trace, Event done)
    {
        var i = 0;
        while (true)
        {
            if (i == 2)
            {
                i++;
                continue;
            }

            if (i > 3) break;
            using (twait()) asap(mkevent());
            trace.Add(i++);
        }

        trace.Add("end");
        trace.Add(i);
        done.Trigger();
    }

    [Fact]
    public void A_do_loop_tests_after_a_continue() => Assert.Equal("1 2 3 4", Trace.Of(Do));

    [Tamed] private static partial void Do(Trace trace, Event done);

    private static void DoBody(Trace trace, Event done)
    {
        var i = 0;
        do
        {
            i++;
            using (twait()) timer(TimeSpan.FromHours(1), mkevent());
            trace.Add(i);
            if (i == 2) continue;
        }
        while (i < 4);
        done.Trigger();
    }

    [Fact]
    public void A_for_loop_increments_after_a_continue() => Assert.Equal("0:10 2:8 3:7 4:6", Trace.Of(For));

    [Tamed] private static partial void For(Trace trace, Event done);

    private static void ForBody(Trace trace, Event done)
    {
        for (int i = 0, j = 10; i < j; i++, j--)
        {
            if (i == 1) continue;
            using (twait()) asap(mkevent());
            trace.Add($"{i}:{j}");
        }

        done.Trigger();
    }

    [Fact]
    public void A_foreach_over_an_array_keeps_its_place() => Assert.Equal("a c", Trace.Of(Array));

    [Tamed] private static partial void Array(Trace trace, Event done);

    private static void ArrayBody(Trace trace, Event done)
    {
        foreach (var s in new[] { "a", "b", "c", "d" })
        {
            if (s == "b") continue;
            if (s == "d") break;
            using (twait()) asap(mkevent());
            trace.Add(s);
        }

        done.Trigger();
    }

    [Fact]
    public void A_foreach_disposes_its_enumerator_once_however_it_is_left() =>
        Assert.Equal("1 2 3 disposed 1 disposed out 1 disposed failed", Trace.Of(Enumerate));

    [Tamed] private static partial void Enumerate(Trace trace, Event done);

    private static void EnumerateBody(Trace trace, Event done)
    {
        foreach (var n in Numbers(trace))
        {
            using (twait()) asap(mkevent());
            trace.Add(n);
        }

        foreach (var n in Numbers(trace))
        {
            using (twait()) asap(mkevent());
            trace.Add(n);
            if (n == 1) goto outside;
        }

    outside:
        trace.Add("out");
        try
        {
            foreach (long n in Numbers(trace))
            {
                using (twait()) asap(mkevent());
                trace.Add(n);
                throw new InvalidOperationException();
            }
        }
        catch (InvalidOperationException)
        {
            trace.Add("failed");
        }

        done.Trigger();
    }

    private static IEnumerable<int> Numbers(Trace trace)
    {
        try
        {
            yield return 1;
            yield return 2;
            yield return 3;
        }
        finally
        {
            trace.Add("disposed");
        }
    }

    [Fact]
    public void A_struct_enumerator_is_advanced_in_place() => Assert.Equal("1 2 3", Trace.Of(StructEnumerator));

    [Tamed] private static partial void StructEnumerator(Trace trace, Event done);

    private static void StructEnumeratorBody(Trace trace, Event done)
    {
        foreach (var n in new List<int> { 1, 2, 3 })
        {
            using (twait()) asap(mkevent());
            trace.Add(n);
        }

        done.Trigger();
    }

    [Fact]
    public void A_goto_makes_a_loop() => Assert.Equal("0 1 2 inner inner", Trace.Of(Goto));

    [Tamed] private static partial void Goto(Trace trace, Event done);

    private static void GotoBody(Trace trace, Event done)
    {
        var n = 0;
    again:
        using (twait()) asap(mkevent());
        trace.Add(n);
        if (++n < 3) goto again;
        {
            n = 0;
        again2:
            using (twait()) asap(mkevent());
            trace.Add("inner");
            if (++n < 2) goto again2;
        }

        done.Trigger();
    }
}

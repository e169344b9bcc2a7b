namespace Tame.Language.Tests.Hazards;

/// <summary>Captured variables where control flow is at its worst: each entry of a scope has its own, and all of that entry share it.</summary>
public sealed partial class CaptureTests
{
    [Fact]
    public void A_goto_back_over_a_declaration_makes_no_new_variable_but_one_out_of_the_block_does() => Assert.Equal("2 3 4 | 23 24 15 | 24 25 16", Trace.Of(Gotos));

    [Tamed] private static partial void Gotos(Trace trace, Event done);

    private static void GotosBody(Trace trace, Event done)
    {
        var all = new List<Func<int>>();
        var turn = 0;
    again:
        int one = turn;
        all.Add(() => one++);
        using (twait()) asap(mkevent());
        if (++turn < 3) goto again;
        foreach (var each in all) trace.Add(each());
        trace.Add("|");
        all.Clear();
    enter:
        {
            int own = turn;
            all.Add(() => own++);
        inner:
            using (twait()) asap(mkevent());
            own += 10;
            if (own < 15) goto inner;
            if (++turn < 6) goto enter;
        }

        foreach (var each in all) trace.Add(each());
        trace.Add("|");
        foreach (var each in all) trace.Add(each());
        done.Trigger();
    }

    [Fact]
    public void Sections_of_a_switch_share_the_variables_of_one_entry() => Assert.Equal("a106 b107 c32 c43 a108 b109 c33 c44", Trace.Of(Sections));

    [Tamed] private static partial void Sections(Trace trace, Event done);

    private static void SectionsBody(Trace trace, Event done)
    {
        var all = new List<Func<string>>();
        for (var i = 0; i < 3; i++)
        {
            switch (all.Count)
            {
                case 0 when i == 0:
                    int shared = 5;
                    all.Add(() => "a" + shared++);
                    using (twait()) asap(mkevent());
                    goto case 1;
                case 1 when i > 0:
                    trace.Add("one");
                    goto case 1;
                case 1:
                    shared = 6 + i;
                    all.Add(() => "b" + shared++);
                    using (twait()) asap(mkevent());
                    shared += 100;
                    break;
                case var n when Apply(() => n > 1):
                    shared = n;
                    all.Add(() => "c" + n + shared++);
                    using (twait()) asap(mkevent());
                    n++;
                    break;
            }
        }

        foreach (var each in all) trace.Add(each());
        foreach (var each in all) trace.Add(each());
        done.Trigger();
    }

    [Fact]
    public void Loops_in_try_regions_have_fresh_variables_in_each_part() => Assert.Equal(
        "t0 t1 e0ee e000 f113 f123 t10 t11 e1ee e111 f123 f133 | t1 t2 e0ef e001 f123 f133 t11 t12 e1ef e112 f133 f143",
        Trace.Of(Regions));

    [Tamed] private static partial void Regions(Trace trace, Event done);

    private static void RegionsBody(Trace trace, Event done)
    {
        var all = new List<Func<string>>();
        for (var i = 0; i < 2; i++)
        {
            try
            {
                for (var j = 0; j < 2; j++)
                {
                    var x = (10 * i) + j;
                    all.Add(() => "t" + x++);
                    using (twait()) asap(mkevent());
                    if (j == 1) throw new InvalidOperationException("e" + i);
                }
            }
            catch (InvalidOperationException e) when (Apply(() => e.Message.Length == 2))
            {
                foreach (var c in e.Message)
                {
                    var y = c;
                    all.Add(() => e.Message + c + y++);
                    using (twait()) asap(mkevent());
                }
            }
            finally
            {
                var k = 0;
                while (k++ < 2)
                {
                    var z = k + i;
                    all.Add(() => "f" + z++ + k);
                    using (twait()) asap(mkevent());
                    z += 10;
                }
            }
        }

        foreach (var each in all) trace.Add(each());
        trace.Add("|");
        foreach (var each in all) trace.Add(each());
        done.Trigger();
    }

    [Fact]
    public void Lambdas_in_headers_and_conditions_see_the_variables_of_their_turn() => Assert.Equal(
        "3 -1 13 12 11 -1 14 13 12 | 0 3 1 4 2 5 1 3 2 4 3 5 | 33 6 33 6 33 33 6 33 6 33 | 3 104 3 104 | 6 6 7007 7 7 8008 |",
        Trace.Of(Headers));

    [Tamed] private static partial void Headers(Trace trace, Event done);

    private static void HeadersBody(Trace trace, Event done)
    {
        var all = new List<Func<int>>();
        var limit = 2;
        if (Apply(() => limit++ == 2) && Keep(all, () => limit) is { } kept)
        {
            using (twait()) asap(mkevent());
            trace.Add(kept());
        }

        while (Take(limit--, out var got) && Apply(() => got > 0))
        {
            all.Add(() => got++);
            using (twait()) asap(mkevent());
            got += 10;
        }

        Show(trace, all);
        var n = 0;
        do
        {
            var inside = n;
            using (twait()) asap(mkevent());
            all.Add(() => inside++);
        }
        while (Take(n++, out var last) && Keep(all, () => last + n) is not null && last < 2);

        Show(trace, all);
        for (int i = Apply(() => limit < 0) ? 1 : 0, j = 3; Keep(all, () => (10 * i) + j) is not null && i < j; all.Add(() => i + j), i++)
        {
            using (twait()) asap(mkevent());
        }

        Show(trace, all);
        foreach (var (a, b) in Pairs(n, () => n++))
        {
            all.Add(() => (100 * a) + b);
            using (twait()) asap(mkevent());
        }

        Show(trace, all);
        switch (Take(n, out var governing) ? Keep(all, () => governing++)() : 0)
        {
            case var m when Keep(all, () => m++)() > 0:
                using (twait()) asap(mkevent());
                all.Add(() => (1000 * governing) + m);
                break;
        }

        Show(trace, all);
        done.Trigger();
    }

    private static void Show(Trace trace, List<Func<int>> all)
    {
        foreach (var each in all) trace.Add(each());
        foreach (var each in all) trace.Add(each());
        trace.Add("|");
        all.Clear();
    }

    private static bool Apply(Func<bool> function) => function();

    private static Func<int> Keep(List<Func<int>> all, Func<int> function)
    {
        all.Add(function);
        return function;
    }

    private static bool Take(int from, out int value)
    {
        value = from;
        return from >= 0;
    }

    private static IEnumerable<(int A, int B)> Pairs(int count, Func<int> next)
    {
        for (var i = 0; i < count && i < 2; i++) yield return (i, next());
    }
}

namespace Tame.Language.Tests.Captures;

/// <summary>Lambdas beside waits see C#'s own variables: a fresh one for each entry of its scope, shared by all that capture it.</summary>
public sealed partial class ScopeTests
{
    [Fact]
    public void Each_iteration_has_its_own_variables() => Assert.Equal("0 11 22 | 3 3 3 | a b | 10 11", Trace.Of(Loops));

    [Tamed] private static partial void Loops(Trace trace, Event done);

    private static void LoopsBody(Trace trace, Event done)
    {
        var all = new List<Func<object>>();
        for (var i = 0; i < 3; i++)
        {
            int x = i;
            all.Add(() => x);
            using (twait()) asap(mkevent());
            x += i * 10;
        }

        Show(trace, all);
        for (var i = 0; i < 3; i++)
        {
            all.Add(() => i);
            using (twait()) asap(mkevent());
        }

        Show(trace, all);
        foreach (var s in new List<string> { "a", "b" })
        {
            using (twait()) asap(mkevent());
            all.Add(() => s);
        }

        Show(trace, all);
        var n = 0;
        while (Pass(10 + n) is var v && n++ < 2)
        {
            all.Add(() => v);
            using (twait()) asap(mkevent());
        }

        Show(trace, all, last: true);
        done.Trigger();
    }

    [Fact]
    public void Lambdas_of_nested_scopes_share_what_is_outside() => Assert.Equal("6 7 8 9 total 30", Trace.Of(Nested));

    [Tamed] private static partial void Nested(Trace trace, Event done);

    private static void NestedBody(Trace trace, Event done)
    {
        var total = 0;
        var all = new List<Func<int>>();
        for (var i = 0; i < 2; i++)
        {
            var outer = i;
            for (var j = 0; j < 2; j++)
            {
                var inner = j;
                using (twait()) asap(mkevent());
                all.Add(() =>
                {
                    var value = 6 + (2 * outer) + inner;
                    total += value;
                    return value;
                });
            }
        }

        foreach (var each in all) trace.Add(each());
        trace.Add("total");
        trace.Add(total);
        done.Trigger();
    }

    [Fact]
    public void Local_functions_become_delegates_of_their_own_iteration() => Assert.Equal("1 4 9 True False | 3 2 1 | 6", Trace.Of(Functions));

    [Tamed] private static partial void Functions(Trace trace, Event done);

    private static void FunctionsBody(Trace trace, Event done)
    {
        var all = new List<Func<int>>();
        for (var i = 1; i <= 3; i++)
        {
            var x = i;
            all.Add(Square);
            using (twait()) asap(mkevent());
            Func<int> again = Square;
            if (i == 3)
            {
                foreach (var each in all) trace.Add(each());
                trace.Add(again == all[2]);
                trace.Add(again == all[1]);
            }

            int Square() => x * Plain(x);
        }

        trace.Add("|");
        int Plain(int v) => v;
        var depth = 3;
        foreach (var value in Down())
        {
            using (twait()) asap(mkevent());
            trace.Add(value);
        }

        trace.Add("|");
        trace.Add(Sum(3));
        done.Trigger();

        IEnumerable<int> Down()
        {
            while (depth > 0) yield return depth--;
        }

        int Sum(int n) => n == 0 ? depth : n + Sum(n - 1);
    }

    [Fact]
    public void Parameters_catch_variables_and_queries_are_captured() => Assert.Equal("p:x p:changed boom 4,6", Trace.Of((trace, done) => Others(trace, "x", done)));

    [Tamed] private static partial void Others(Trace trace, string parameter, Event done);

    private static void OthersBody(Trace trace, string parameter, Event done)
    {
        Func<string> say = () => "p:" + parameter;
        trace.Add(say());
        using (twait()) asap(mkevent());
        parameter = "changed";
        trace.Add(say());
        Func<string>? message = null;
        try
        {
            throw new InvalidOperationException("boom");
        }
        catch (InvalidOperationException e) when (new[] { 1 }.Any(_ => e.Message.Length == 4))
        {
            message = () => e.Message;
            using (twait()) asap(mkevent());
        }

        trace.Add(message());
        foreach (var low in new[] { 1 })
        {
            var query = from a in new[] { 1, 2, 3 } where a > low select a * 2;
            using (twait()) asap(mkevent());
            trace.Add(string.Join(",", query));
        }

        done.Trigger();
    }

    [Fact]
    public void A_captured_slot_belongs_to_the_scope_that_declares_it() => Assert.Equal("0 1 2 | 5 5", Trace.Of(Slots));

    [Tamed] private static partial void Slots(Trace trace, Event done);

    private static void SlotsBody(Trace trace, Event done)
    {
        var all = new List<Func<object>>();
        using (twait())
        {
            for (var i = 0; i < 3; i++)
            {
                int v;
                mkevent(out v).Trigger(i);
                all.Add(() => v);
            }
        }

        Show(trace, all);
        int kept;
        using (twait())
        {
            var e = mkevent(out kept);
            e.Trigger(5);
        }

        all.Add(() => kept);
        using (twait()) Add(all, mkevent(out int direct), () => direct);
        Show(trace, all, last: true);
        done.Trigger();
    }

    private static void Add(List<Func<object>> all, Event<int> e, Func<int> read)
    {
        e.Trigger(5);
        all.Add(() => read());
    }

    private static void Show(Trace trace, List<Func<object>> all, bool last = false)
    {
        foreach (var each in all) trace.Add(each());
        if (!last) trace.Add("|");
        all.Clear();
    }

    private static int Pass(int value) => value;
}

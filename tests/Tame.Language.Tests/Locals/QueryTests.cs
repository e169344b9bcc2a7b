namespace Tame.Language.Tests.Locals;

/// <summary>Variables that are declared in queries: those of a first source and of the source of a join belong to the statement around the query.</summary>
public sealed partial class QueryTests
{
    private static int[] Load(out int count)
    {
        count = 3;
        return [1, 2];
    }

    private static bool Give(out int value, int given = 3)
    {
        value = given;
        return true;
    }

    [Tamed] private static partial void Later<T>(T value, Event<T> done);

    private static void LaterBody<T>(T value, Event<T> done)
    {
        using (twait()) asap(mkevent());
        done.Trigger(value);
    }

    [Fact]
    public void Variables_of_sources_live_on_behind_the_query() => Assert.Equal("3 3 3 3 1 3 2 3", Trace.Of(Sources));

    [Tamed] private static partial void Sources(Trace trace, Event done);

    private static void SourcesBody(Trace trace, Event done)
    {
        var numbers = from int x in Load(out var count) join y in Load(out var other) on x equals y into all from z in all select z;
        using (twait()) asap(mkevent());
        trace.Add(count);
        trace.Add(other);
        trace.Add(numbers.Sum());
        if ((from x in (from y in Load(out var inner) select y) select x).Any())
        {
            using (twait()) asap(mkevent());
            trace.Add(inner);
        }

        foreach (var x in from y in Load(out var each) select y)
        {
            using (twait()) asap(mkevent());
            trace.Add(x);
            trace.Add(each);
        }

        done.Trigger();
    }

    [Fact]
    public void A_clause_that_names_one_sees_what_it_is_when_the_query_runs() => Assert.Equal("6 2 9 0:3 1:4 3 4", Trace.Of(Named));

    [Tamed] private static partial void Named(Trace trace, Event done);

    private static void NamedBody(Trace trace, Event done)
    {
        var products = from x in Load(out var count) where x < count select x * (count - 1);
        using (twait()) asap(mkevent());
        trace.Add(products.Sum());
        count = 2;
        trace.Add(products.Sum() + 1);
        count = 4;
        trace.Add(products.Sum());
        var late = new List<IEnumerable<int>>();
        for (var i = 0; i < 2; i++)
        {
            var first = from x in Load(out var k) where x == 1 select k;
            k += i;
            using (twait()) asap(mkevent());
            trace.Add($"{i}:{k}");
            late.Add(first);
        }

        foreach (var each in late) trace.Add(each.Single());
        done.Trigger();
    }

    [Fact]
    public void Variables_of_other_clauses_stay_in_them() => Assert.Equal("18 18", Trace.Of(Clauses));

    [Tamed] private static partial void Clauses(Trace trace, Event done);

    private static void ClausesBody(Trace trace, Event done)
    {
        var sums =
            from x in Load(out var k)
            let twice = Give(out var z) ? z * 2 : 0
            from y in Load(out var w).Take(w)
            where Give(out var u) && u == k
            orderby Give(out var v, x) ? v : 0
            group twice + k by Give(out var g, y) ? g : 0 into groups
            select Give(out var n, groups.First()) ? n : 0;
        using (twait()) asap(mkevent());
        trace.Add(sums.Sum());
        trace.Add(sums.Sum());
        done.Trigger();
    }

    [Fact]
    public void An_event_may_be_made_in_a_source() => Assert.Equal("7 8 7", Trace.Of(Events));

    [Tamed] private static partial void Events(Trace trace, Event done);

    private static void EventsBody(Trace trace, Event done)
    {
        int seven, eight;
        using (twait())
        {
            foreach (var (number, e) in
                from e in new[] { (7, mkevent(out seven)) }
                join f in new[] { (8, mkevent(out eight)) } on e.Item1 + 1 equals f.Item1
                from one in new[] { e, f }
                select one)
                Later(number, e);
        }

        trace.Add(seven);
        trace.Add(eight);
        var all = from x in new[] { seven } select x;
        trace.Add(all.Single());
        done.Trigger();
    }
}

namespace Tame.Language.Tests.Locals;

/// <summary>Values of anonymous types, and of types made of them, live across waits as any others.</summary>
public sealed partial class AnonymousTests
{
    [Fact]
    public void They_keep_their_type_across_a_wait() => Assert.Equal("{ X = 1, Y = a } 1 a { X = 2, Y = b } 3 { pair = { X = 2, Y = b } }", Trace.Of((trace, done) => One(trace, "b", done)));

    [Tamed] private static partial void One<T>(Trace trace, T second, Event done);

    private static void OneBody<T>(Trace trace, T second, Event done)
    {
        var pair = new { X = 1, Y = "a" };
        var other = new { Inner = new { Value = second } };
        using (twait()) asap(mkevent());
        trace.Add(pair);
        trace.Add(pair.X);
        trace.Add(pair.Y);
        pair = new { X = 2, Y = other.Inner.Value!.ToString()! };
        using (twait()) asap(mkevent());
        trace.Add(pair);
        trace.Add(pair.X + other.Inner.Value.ToString()!.Length);
        trace.Add(new { pair });
        done.Trigger();
    }

    [Fact]
    public void They_are_enumerated_and_held_in_other_types() => Assert.Equal("1a 2b 3c 1:a 2:b 6 7 8 5 9", Trace.Of(Many));

    [Tamed] private static partial void Many(Trace trace, Event done);

    private static void ManyBody(Trace trace, Event done)
    {
        var query = new[] { "a", "b", "c" }.Select((name, index) => new { name, number = index + 1 });
        foreach (var item in query)
        {
            using (twait()) asap(mkevent());
            trace.Add(item.number + item.name);
        }

        foreach (var item in query.Take(2).ToArray())
        {
            using (twait()) asap(mkevent());
            trace.Add($"{item.number}:{item.name}");
        }

        foreach (var item in query.Select(q => new { Sum = q.number + 5 }).ToList())
        {
            using (twait()) asap(mkevent());
            trace.Add(item.Sum);
        }

        var tuple = (Count: 4, First: query.First());
        tuple.Count++;
        using (twait()) asap(mkevent());
        trace.Add(tuple.Count);
        tuple.Count += 4;
        using (twait()) asap(mkevent());
        trace.Add(tuple.Count);
        done.Trigger();
    }

    [Fact]
    public void Lambdas_capture_them_anew_in_each_iteration() => Assert.Equal("0 1 2", Trace.Of(Captured));

    [Tamed] private static partial void Captured(Trace trace, Event done);

    private static void CapturedBody(Trace trace, Event done)
    {
        var all = new List<Func<int>>();
        for (var i = 0; i < 3; i++)
        {
            var boxed = new { i };
            var pair = (boxed, boxed.i);
            all.Add(() => boxed.i + pair.i - pair.boxed.i);
            using (twait()) asap(mkevent());
        }

        foreach (var each in all) trace.Add(each());
        done.Trigger();
    }

    [Fact]
    public void They_lie_in_one_another() => Assert.Equal("1a 2bb 1 a 2 1:2 2:1 a", Trace.Of((trace, done) => Nested(trace, "a", done)));

    [Tamed] private static partial void Nested<T>(Trace trace, T value, Event done);

    private static void NestedBody<T>(Trace trace, T value, Event done)
    {
        var groups = new[] { "a", "bb" }.Select(w => new { w, w.Length }).GroupBy(w => w.Length).Select(g => new { g.Key, Items = g.ToList() }).ToList();
        foreach (var g in groups)
        {
            using (twait()) asap(mkevent());
            trace.Add(g.Key + g.Items[0].w);
        }

        var deep = new
        {
            A = new[] { new { B = new Dictionary<string, List<(T, object)>>() } }.ToDictionary(x => 1, x => new[] { new { C = value, x.B } }),
            Pair = (new { Z = 1 }, Second: 2),
        };
        using (twait()) asap(mkevent());
        trace.Add(deep.A.Count);
        trace.Add(deep.A[1][0].C);
        using (twait()) asap(mkevent());
        trace.Add(deep.Pair.Second);
        foreach (var g in from x in new[] { 1, 1, 2 } let y = new { x, z = value } group y by new { y.x } into g select g)
        {
            using (twait()) asap(mkevent());
            trace.Add($"{g.Key.x}:{g.Count()}");
        }

        var lookup = new[] { value }.Select(s => new { s }).ToLookup(s => 1, s => new { s, n = new[] { s }.ToList() });
        using (twait()) asap(mkevent());
        trace.Add(lookup[1].First().n[0].s);
        done.Trigger();
    }

    [Fact]
    public void Lambdas_whose_type_has_no_name_live_on() => Assert.Equal("12 3 4 6 7 x2 5 10 7 8 9", Trace.Of(Lambdas));

    [Tamed] private static partial void Lambdas(Trace trace, Event done);

    private static unsafe void LambdasBody(Trace trace, Event done)
    {
        var k = 3;
        using (twait()) asap(mkevent());
        var early = (int x = 5) => x + k;
        trace.Add(early() + early(1));
        using (twait()) asap(mkevent());
        var add = (ref int x) => x++;
        var set = (out int x, in int y) => { x = y; };
        var sum = (params int[] all) => all.Sum();
        var at = ref int (int[] all, int index) => ref all[index];
        var text = (string s = "x", decimal d = 2, DayOfWeek day = DayOfWeek.Monday, int? none = null, DateTime when = default) => s + d;
        var read = (int* p) => *p + k;
        using (twait()) asap(mkevent());
        var n = 2;
        add(ref n);
        trace.Add(n);
        set(out var four, 4);
        trace.Add(four);
        trace.Add(sum(1, 2, 3));
        int[] numbers = [1, 2];
        at(numbers, 1) = 7;
        trace.Add(numbers[1]);
        trace.Add(text());
        k = 0;
        n = 5;
        var own = 5;
        trace.Add(read(&own));
        var held = new { add, List = new[] { add }.ToList(), Later = (Func<int>)(() => sum(n, 5)) };
        using (twait()) asap(mkevent());
        trace.Add(held.Later());
        n = 6;
        held.add(ref n);
        trace.Add(n);
        held.List[0](ref n);
        trace.Add(n);
        foreach (var each in new[] { (ref int x) => x++ })
        {
            using (twait()) asap(mkevent());
            each(ref n);
            trace.Add(n);
        }

        done.Trigger();
    }
}

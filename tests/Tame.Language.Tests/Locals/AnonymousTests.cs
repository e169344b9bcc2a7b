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
}

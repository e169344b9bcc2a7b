namespace Tame.Language.Tests.Hazards;

/// <summary>Collections and resources of every kind that a wait may stand in.</summary>
public sealed partial class EnumerationTests
{
    [Fact]
    public void Collections_of_every_kind_are_enumerated_across_waits_and_resources_of_every_kind_disposed() => Assert.Equal(
        "8 1 2 a b 1one 1 2 3 4 1 2 3 0 1 2 Monday Tuesday Int64 Int64 True True 2 null ns 3 -2 -1 True True 2 False",
        Trace.Of((t, d) => Kinds(t, new Bag(), [1, 2], d)));

    [Tamed] private static partial void Kinds<T>(Trace trace, T bag, List<int> items, Event done) where T : IEnumerable<int>, IDisposable;
    private static void KindsBody<T>(Trace trace, T bag, List<int> items, Event done) where T : IEnumerable<int>, IDisposable
    {
        foreach (var x in bag)
        {
            using (twait()) asap(mkevent());
            trace.Add(x);
        }

        using (bag)
        {
            using (twait()) asap(mkevent());
        }

        using (T own = bag)
        {
            using (twait()) asap(mkevent());
        }

        foreach (object x in (System.Collections.IEnumerable)items)
        {
            using (twait()) asap(mkevent());
            trace.Add(x);
        }

        foreach (string x in new object[] { "a", "b" })
        {
            using (twait()) asap(mkevent());
            trace.Add(x);
        }

        foreach (var (x, y) in new Dictionary<int, string> { [1] = "one" })
        {
            using (twait()) asap(mkevent());
            trace.Add(x + y);
        }

        foreach (var x in new int[2, 2] { { 1, 2 }, { 3, 4 } })
        {
            using (twait()) asap(mkevent());
            trace.Add(x);
        }

        foreach (var x in new int[][] { [1], [2, 3] })
        {
            foreach (var y in x)
            {
                using (twait()) asap(mkevent());
                trace.Add(y);
            }
        }

        foreach (var x in 3)
        {
            using (twait()) asap(mkevent());
            trace.Add(x);
        }

        foreach (DayOfWeek x in new[] { 1, 2 }.Select(v => (DayOfWeek)v))
        {
            using (twait()) asap(mkevent());
            trace.Add(x);
        }

        foreach (long x in items)
        {
            using (twait()) asap(mkevent());
            trace.Add(x.GetType().Name);
        }

        foreach (int? x in items)
        {
            using (twait()) asap(mkevent());
            trace.Add(x.HasValue);
        }

        foreach (var x in items.ToArray() is [var a, .. var rest] ? rest : [])
        {
            using (twait()) asap(mkevent());
            trace.Add(x);
        }

        using (R? none = null)
        {
            using (twait()) asap(mkevent());
            trace.Add("null");
        }

        using (SR? ns = new SR())
        {
            using (twait()) asap(mkevent());
            trace.Add("ns");
        }

        using (R r1 = new R(trace, 1), r2 = new R(trace, 2))
        {
            using (twait()) asap(mkevent());
            Func<int> f = () => r1.N + r2.N;
            trace.Add(f());
        }

        using var e = items.GetEnumerator();
        trace.Add(e.MoveNext());
        using (twait()) asap(mkevent());
        trace.Add(e.MoveNext());
        trace.Add(e.Current);
        trace.Add(e.MoveNext());
        done.Trigger();
    }

    private sealed class R(Trace t, int n) : IDisposable
    {
        public int N => n;
        public void Dispose() => t.Add("-" + n);
    }

    private struct SR : IDisposable
    {
        public void Dispose()
        {
        }
    }

    private sealed class Bag : List<int>, IDisposable
    {
        public Bag()
        {
            Add(8);
        }

        public void Dispose()
        {
            Add(9);
        }
    }
}

internal static class Counting
{
    public static IEnumerator<int> GetEnumerator(this int limit)
    {
        for (var i = 0; i < limit; i++) yield return i;
    }
}

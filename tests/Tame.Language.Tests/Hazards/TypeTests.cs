namespace Tame.Language.Tests.Hazards;

/// <summary>Variables of every type, kept and captured.</summary>
public sealed partial class TypeTests
{
    [Fact]
    public void Values_of_all_types_are_kept_and_captured() =>
        Assert.Equal("0 50 2 4 20 g2 2 51 12 9 28 g2 bc2 21 (, Friday, 2.5, 00000000-0000-0000-0000-000000000000, 4, c)", Trace.Of(Values));

    [Tamed] private static partial void Values(Trace trace, Event done);

    private static void ValuesBody(Trace trace, Event done)
    {
        // local function without capture escaping, delegates cached, static lambda, local fn with iterators in finally
        Func<int, int> sq = Sq;
        var cnt = 0;
        for (int i = 0; i < 2; i++)
        {
            int k = i;
            using (twait()) asap(mkevent());
            Func<int> later = () =>
            {
                int Nest()
                {
                    return k++ + cnt++;
                }

                return Nest() + Nest();
            };

            if (k is var kk and >= 0)
            {
                Func<int> l2 = () => kk + k;
                trace.Add(l2());
                kk = 50;
                trace.Add(l2());
            }

            trace.Add(later());
            trace.Add(sq(k));
            k = 7;
            trace.Add(later());
            foreach (var v in Gen(3))
            {
                if (v == 2)
                {
                    using (twait()) asap(mkevent());
                    trace.Add("g" + v);
                }
            }

            IEnumerable<int> Gen(int m)
            {
                for (var j = 0; j < m; j++)
                {
                    k++;
                    yield return j;
                }
            }
        }

        var t = (A: 1, B: "b");
        Func<(int A, string B)> tf = () => t;
        using (twait()) asap(mkevent());
        t.A++;
        t.B += "c";
        trace.Add(tf().B + tf().A);
        List<(int X, int Y)> l = [(1, 2)];
        var (p, q) = l[0];
        using (twait()) asap(mkevent());
        Func<int> pq = () => p * 10 + q;
        (p, q) = (q, p);
        trace.Add(pq());
        int? nn = 4;
        DayOfWeek dw = DayOfWeek.Friday;
        decimal m = 1.5m;
        Guid g = default;
        nint ni = 3;
        char ch = 'c';
        Func<object> boxed = () => (nn, dw, m, g, ni, ch);
        using (twait()) asap(mkevent());
        nn = null;
        m++;
        ni++;
        trace.Add(boxed());
        done.Trigger();
        static int Sq(int x) => x * x;
    }

    [Fact]
    public void Types_of_generic_types_and_methods_are_those_of_the_closure() => Assert.Equal(
        "((f, 0, 2.5), 0, f, True) (0, 2.5, String, Int32) (Sunday, 2.5, String, DayOfWeek) (2.5, 2.5) ((f, 0, 2.5), 0, f, True) (0, 2.5, String, Int32) (Sunday, 2.5, String, DayOfWeek) (2.5, 2.5)",
        Trace.Of((t, d) => new Deep<string>.In<int>("f").M4(t, 2.5, d)));
    private sealed partial class Deep<T>
    {
        public sealed partial class In<U>(T field) where U : struct
        {
            [Tamed] public partial void M4<V>(Trace trace, V v, Event done);

            private void M4Body<V>(Trace trace, V v, Event done)
            {
                var all = new List<Func<object?>>();
                T? t = default;
                U u = default;
                V?[] vs = [v];
                for (var i = 0; i < 2; i++)
                {
                    (T?, U, V) x = (t, u, v);
                    U? n = null;
                    using (twait()) asap(mkevent());
                    all.Add(() => (x, n, field, this.GetType().Name.Length > 0));
                    x.Item1 = field;
                    n = u;
                    object? Fn<W>(W w) where W : struct
                    {
                        Func<object?> z = () => (w, x.Item3, typeof(T).Name, typeof(W).Name);
                        return z();
                    }

                    all.Add(() => Fn(u));
                    all.Add(() => Fn<DayOfWeek>(default));
                    if ((object?)v is V vv && vv is double dd)
                    {
                        using (twait()) asap(mkevent());
                        all.Add(() => (vv, dd));
                    }
                }

                foreach (var f in all) trace.Add(f());
                done.Trigger();
            }
        }
    }
}

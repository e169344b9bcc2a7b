namespace Tame.Language.Tests.Hazards;

/// <summary>Parameters and arguments of every kind of local functions that become methods.</summary>
public sealed partial class ArgumentTests
{
    [Fact]
    public void Functions_that_become_methods_take_spans_tuples_defaults_and_out_arguments() =>
        Assert.Equal("12 13 x1.51844674407370955161507 z 3z 5 13 s2 2i", Trace.Of(Arguments));

    [Tamed] private static partial void Arguments(Trace trace, Event done);

    private static void ArgumentsBody(Trace trace, Event done)
    {
        var n = 1;
        Func<int> esc = () => Sum([1, 2, 3]) + Many(1, 2) + Scoped(stackalloc int[2]);
        using (twait()) asap(mkevent());
        trace.Add(esc());
        n++;
        trace.Add(Sum([4]) + Many() + Many(1, 2, 3));
        int Sum(ReadOnlySpan<int> s)
        {
            Func<int> a = () => n;
            var t = 0;
            foreach (var x in s) t += x;
            return t + a();
        }

        int Many(params ReadOnlySpan<int> s)
        {
            Func<int> a = () => n;
            return s.Length + a();
        }

        int Scoped(scoped Span<int> s)
        {
            Func<int> a = () => n;
            return s.Length * a();
        }

        Tup((1, "x"), out var got, o: new { A = 1 });
        trace.Add(got.b + got.a);
        void Tup((int a, string b) t, out (int a, string b) r, object? o = null, string? d = default, Guid g = default, int? k = 3, float f = 1.5f, ulong u = ulong.MaxValue)
        {
            Action z = () => n++;
            z();
            r = (t.a + n + k!.Value, t.b + f + u + d + g.ToString()[0]);
        }

        (int a, string b)? nt = null;
        Action later = () =>
        {
            nt ??= (n, "z");
            trace.Add(nt.Value.b);
        };

        using (twait()) asap(mkevent());
        later();
        if (nt is { a: var aa, b: { Length: 1 } bb } && nt is not null)
        {
            using (twait()) asap(mkevent());
            trace.Add(aa + bb);
        }

        var arr = new (int A, List<int> L)[] { (1, [1]) };
        ref var cell = ref arr[0];
        cell.A++;
        cell.L.Add(n);
        foreach (ref var q in arr.AsSpan()) q.A++;
        using (twait()) asap(mkevent());
        trace.Add(arr[0].A + arr[0].L.Count);
        Func<Func<int>> nest = () => () =>
        {
            var m = n++;
            return m + Deep(m);
            int Deep(int v) => v + n + arr[0].A;
        };

        using (twait()) asap(mkevent());
        trace.Add(nest()());
        var (i1, (s1, _)) = (1, ("s", 2));
        using (twait()) asap(mkevent());
        Func<string> fs = () => s1 + i1;
        i1++;
        trace.Add(fs());
        static T Id<T>(T v) => v;
        Func<int, int> idd = Id;
        Func<string, string> ids = Id<string>;
        using (twait()) asap(mkevent());
        trace.Add(idd(2) + ids("i"));
        done.Trigger();
    }
}

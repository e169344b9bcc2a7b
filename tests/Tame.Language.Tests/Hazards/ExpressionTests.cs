using System.Linq.Expressions;

namespace Tame.Language.Tests.Hazards;

/// <summary>Expressions whose meaning depends on how a name is written, once the name is a field.</summary>
public sealed partial class ExpressionTests
{
    [Fact]
    public void Kept_variables_stand_in_every_expression() =>
        Assert.Equal("ay3737 True 1 4 22  01528{1} 7 { Key = 2, C = 3, x = 100 } 101 sw100 101 c3 4 5 5", Trace.Of(Expressions));

    [Tamed] private static partial void Expressions(Trace trace, Event done);

    private static void ExpressionsBody(Trace trace, Event done)
    {
        int? n = null;
        DayOfWeek day = default;
        string? s = null;
        int[]? arr = [1, 2, 3];
        P? p = new P();
        using (twait()) asap(mkevent());
        n ??= 4;
        s ??= n?.ToString() + day;
        arr?[1] = 7;
        p?.X = n!.Value;
        p?.X += 3;
        using (twait()) asap(mkevent());
        trace.Add(s![^2..] + arr![^1] + string.Join("", arr[1..]) + p!.X);
        int x = 1, y = 2;
        using (twait()) asap(mkevent());
        trace.Add((x, y) == (1, 2));
        trace.Add((x, y: x).x);
        var t = (x, y, Z: x);
        trace.Add(t.x + t.y + t.Z);
        trace.Add(new P { X = x }.X + F(x: y, y: x));
        int[] list = [x, .. arr, y];
        trace.Add($"{x,3:D2}{list.Length}{$"{y}"}" + """
            raw "x" 
            """.Length + $$"""{{{x}}}""");
        var dict = new Dictionary<int, int> { [x] = y, [y] = x };
        var anon = new { x, y, arr.Length, Q = x };
        using (twait()) asap(mkevent());
        trace.Add(dict[x] + anon.x + anon.Length + anon.Q);
        var q = from e in arr
                let w = e + x
                join g in list on w equals g into gg
                from h in gg.DefaultIfEmpty()
                where h > -1
                orderby h descending, w
                group (h, w, x) by y into k
                select new { k.Key, C = k.Count(), x };
        using (twait()) asap(mkevent());
        x = 100;
        trace.Add(string.Join(";", q));
        Expression<Func<int, int>> ex = v => v + x;
        using (twait()) asap(mkevent());
        trace.Add(ex.Compile()(1));
        (x, y) = (y, x);
        switch (x, y)
        {
            case (2, var yy) when yy == y:
                using (twait()) asap(mkevent());
                trace.Add("sw" + yy);
                break;
        }

        static int F(int x, int y) => x * 10 + y;
        Func<int, int> shadow = x => x + y;
        using (twait()) asap(mkevent());
        trace.Add(shadow(1));
        const string cs = "c";
        const int ci = 3;
        switch (s)
        {
            case cs:
                break;
            case cs + "d":
                using (twait()) asap(mkevent());
                break;
            default:
                trace.Add(cs + ci);
                break;
        }

        {
            const int cj = ci + 1;
            using (twait()) asap(mkevent());
            trace.Add(cj);
        }

        {
            const int cj = ci + 2;
            using (twait()) asap(mkevent());
            trace.Add(cj);
            var h = (int a = cj) => a;
            trace.Add(h());
        }

        done.Trigger();
    }

    private sealed class P
    {
        public int X;
    }

    [Fact]
    public void Dynamic_values_are_kept_as_dynamic() => Assert.Equal("9 2 14 3 21 s r 1 s3 s", Trace.Of(Dynamics));

    [Tamed] private static partial void Dynamics(Trace trace, Event done);

    private static void DynamicsBody(Trace trace, Event done)
    {
        dynamic d = 5;
        dynamic l = new List<int> { 1 };
        using (twait()) asap(mkevent());
        d += 2;
        l.Add((int)d);
        trace.Add(d + l.Count);
        foreach (var x in l)
        {
            using (twait()) asap(mkevent());
            trace.Add(x * 2);
        }

        foreach (long x in l)
        {
            using (twait()) asap(mkevent());
            trace.Add(x * 3);
        }

        Func<object> f = () => d;
        using (twait()) asap(mkevent());
        d = "s";
        trace.Add(f());
        using (dynamic r = new StringReader("r"))
        {
            using (twait()) asap(mkevent());
            trace.Add(r.ReadToEnd());
        }

        switch (d)
        {
            case string { Length: var len }:
                using (twait()) asap(mkevent());
                trace.Add(len);
                break;
            case int k:
                trace.Add(k);
                break;
        }

        if (d is string sss && sss.Length == 1 && int.TryParse("3", out int z))
        {
            using (twait()) asap(mkevent());
            trace.Add(sss + z);
        }

        object o = new { d, l };
        using (twait()) asap(mkevent());
        trace.Add(((dynamic)o).d);
        done.Trigger();
    }
}

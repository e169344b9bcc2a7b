// Program 723 of seed 404: Same: .
public partial class Program
{
    private static int F = 2; private static Pair G; private static int S = 5; private static readonly int[] A = [1, 2, 3];
    [Tamed] public static partial void Main(World t, Event then);
    private static void MainBody(World t, Event then)
    {
        int i = new Notes { { F + 1, F! } }.Sum, j = t.Get(24, 4);
        foreach (var o in A.GroupBy(z => z & 1).Select(z1 => new { z1.Key, Items = z1.Select(z => new { N = z }).ToList() }).ToList())
        {
            bool b = !(@A is [1, ..]);
            try
            {
                checked
                {
                    Action L1 = () => _ = F + t.Big() + t.Big();
                    void L2() => i++;
                        string? s = "ab";
                        using (twait()) t.Line(0, mkevent(out s).WithTimeout(TimeSpan.FromSeconds(9)));
                    if ((t.Any() is not string v || v.Length > 1)) goto at25;
                    using (twait()) timer(TimeSpan.FromSeconds(2), mkevent());
                    at25: using (twait()) asap(mkevent());
                    L1(); L1(); L2(); L2(); 
                }
            }
            catch (OverflowException)
            {
                t.Add(26);
            }
            if ((t.Get(27, t.Maybe()) && t.Maybe())) { continue; }
        }
        try
        {
            using (twait()) M2(t, 2, mkevent(out F));
        }
        catch (Exception x0)
        {
            t.Add(28, x0);
        }
        try
        {
            using (twait()) M1(t, 2, mkevent(out F));
        }
        catch (Exception x0)
        {
            t.Add(29, x0);
        }
        t.CallKept(30);
        t.Add(31, then.Trigger());
    }
    [Tamed] private static partial void M1(World t, int @byte, Event<int> @out);
    private static void M1Body(World t, int @byte, Event<int> @out)
    {
        int @goto = F, j = F;
        if (t.Some()) 
        {
            for (j = 0; t.Go() && @j < 3; j++)
            {
                foreach (var (args, required) in t.Pairs(2))
                {
                    var o1 = (new { N = j }, args);
                }
                Func<int> f = () => (j += 2);
                Func<int> f1 = () => (j + j);
            }
            t.Add(14, j);
            t.Add(15, @out.Trigger(j)); return;
        }
        var i = S;
        if (t.Get(16, ("ab".Length is 0 or 2))) 
        {
            int L1(int nint) { t.Add(17, nint); return nint > 3 || nint < 0 ? (@goto + i) : L1(nint + 2); }
            t.Add(18, A);
            t.Add(19, i);
            using (twait()) asap(mkevent());
        }
        int? n = ((@goto < 0) ? t.Next(4) : (int?)null);
        if ((dynamic)t.Unknown()) 
        {
            using (twait()) timer(TimeSpan.FromSeconds(2), mkevent());
            t.Add(20, n);
            using (twait()) M2(t, (t.Try(3, out int v) ? v : -v), mkevent(out A[j & 1]));
        }
        t.Add(21, @goto);
        t.Add(22, @byte);
        t.Add(23, @out.Trigger(5));
    }
    [Tamed] private static partial void M2(World t, int @byte, Event<int> done);
    private static void M2Body(World t, int @byte, Event<int> done)
    {
        int i = F, j1 = t.Next(5);
        if (t.Some()) 
        {
            (j1, j1) = (i, (4 * t.Next(2)));
            using var k = new Counter(t, 1);
            t.Add(2, done.Trigger(F)); return;
        }
        int[] @base = new[] { 3, i, 3 };
        if (((F - j1) == i)) 
        {
            t.Add(3, j1);
            using (twait()) asap(mkevent());
            t.Add(4, (i * t.Get(5, 0)));
            if (t.Some()) goto @goto;
            var (i2, @lock) = (j1, ((t.Get(6, t.Some()) ? S : i) * F));
            @case: @goto: var @field = 4;
            using (twait()) t.Later(2, ((!t.Some() || (5 is > 1 and < 5)) ? j1 : j1), mkevent(out j1));
            t.Add(7, F);
            t.Add(8, @base);
            using (twait()) t.Later(1, 5, mkevent(out F));
        }
        string get = "ab";
        if (t.Some()) 
        {
            t.Add(9, 0);
            t.Add(10, get);
            t.Add(11, get);
            using (twait()) asap(mkevent());
        }
        t.Add(12, i);
        t.Add(13, done.Trigger(1));
    }
}

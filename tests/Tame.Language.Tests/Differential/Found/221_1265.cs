// Program 1265 of seed 221: Miscompiled: CS1003: Syntax error, '…' expected.
public partial class Program
{
    private static int @params = 2; private static Pair G; private static int S = 5; private static readonly int[] A = [1, 2, 3];
    [Tamed] public static partial void Main(World t, Event @out);
    private static void MainBody(World t, Event @out)
    {
        int i1 = A.Fold(required => required + (@params += 2)), j = 4;
        {
            var r = new Rendezvous<int>();
            t.Later(1, 18, mkevent(r, (j).Twice, out A[j & 1]));
            t.Later(0, 19, mkevent(r, i1, out int w2));
            t.Later(3, mkevent(r, j));
            using (twait())
            {
                t.Later(0, t.Next(5), "w", mkevent(out i1, out string w));
                t.Add(20, mkevent().Trigger());
                M1(t, (t.Some() ? t.Next(5) : (i1 + j++)), mkevent(out i1));
                [Named] int L1([Named] int y1) => y1 + i1++; t.Add(21, NamedAttribute.Of((Func<int, int>)L1) + NamedAttribute.OfParameter((Func<int, int>)L1));
                t.Add(22, G);
                t.Later(0, "e", mkevent(out string w4));
            }
            while (r.Waiting + r.Ready > 0)
            {
                twait(r, error: out Exception? error1); t.Add(23, error1);
                if ((t.Next(3) > A[4 & 1])) { break; }
                using (twait())
                {
                    t.Later(2, i1, mkevent(out j));
                    M1(t, t.Get(24, 2), mkevent(out A[S++ & 1]));
                    t.Later(0, @j, mkevent(out i1));
                        var record = new { N = t.Get(25, @params), M = $"s{j}" };
                        while (false)
                        {
                            using (twait()) t.Later(0, j, mkevent(out j));
                            try
                            {
                                checked
                                {
                                    void L1() => --i1;
                                    void @from() => i1 += t.Big();
                                    using (twait()) t.Later(3, 0, mkevent(out A[i1 & 1]));
                                    var o = new { N = i1, M = $"s{(j switch { 0 => j, > 2 => new Notes { [j!] = 4 }.Sum, _ => t.Next(3) })}" };
                                    (int A, string B) u = (t.Next(3), "ab");
                                    t.Add(26, @params);
                                    L1(); L1(); @from(); @from(); 
                                }
                            }
                            catch (OverflowException)
                            {
                                t.Add(27);
                            }
                        }
                        t.Add(28, record);
                    t.Add(29, S);
                    t.Later(0, mkevent());
                }
            }
        }
        t.Total = i1;
        t.Add(30, S);
        try
        {
            using (twait()) M2(t, mkevent());
        }
        catch (Exception x0)
        {
            t.Add(31, x0);
        }
        try
        {
            using (twait()) M1(t, 2, mkevent(out @params));
        }
        catch (Exception x0)
        {
            t.Add(32, x0);
        }
        t.CallKept(33);
        t.Add(34, @out.Trigger());
    }
    [Tamed] private static partial void M1(World t, int @byte, Event<int> then);
    private static void M1Body(World t, int @byte, Event<int> then)
    {
        int i3 = 1, j2 = 5;
        [Named] int L1([Named] int y2) => y2 + (j2 + @params); t.Add(14, NamedAttribute.Of((Func<int, int>)L1) + NamedAttribute.OfParameter((Func<int, int>)L1));
        t.Add(15, @params);
        t.Add(16, then.Trigger((from q in @A from q1 in t.Load(q, out int v).Take(v - 1) select q + q1 + t.Get(17, j2)).Sum()));
    }
    [Tamed] private static partial void M2(World t, Event done);
    private static void M2Body(World t, Event done)
    {
        int i = @params, @select = @params;
        if ((t.Maybe() && t.Maybe())) 
        {
            var g = new Pair { A = i, B = "ab" };
            t.Add(1, @select);
            t.Add(2, S);
            t.Add(3, done.Trigger()); return;
        }
        (int A, string B) u2 = (S, "ab");
        if (t.Maybe()) 
        {
            int? nint = (t.Some() ? i : (int?)null);
            t.Add(4, @select);
            t.Add(5, u2);
            using (twait()) timer(TimeSpan.FromSeconds(1), mkevent());
        }
        int? n3 = ((t.Any() is Pair { A: > 0 } v1 && v1.B is not null) ? i : (int?)null);
        if (!t.Some()) 
        {
            var s = $"s{t.Get(6, 3)}";
            t.Add(7, s);
            t.Add(8, n3);
            using (twait()) t.Later(3, 5, mkevent(out A[0 & 1]));
        }
        t.Add(9, u2);
        t.Add(10, @select);
        switch (t.Get(11, t.Some()))
        {
            case true:
                t.Add(12, done.Trigger());
            break;
            case false:
                t.Add(13, done.Trigger());
            break;
        }
    }
}

// Program 98 of seed 1: Same: .
public partial class Program
{
    private static int @params = 2; private static Pair G; private static int S = 5; private static readonly int[] A = [1, 2, 3];
    [Tamed] public static partial void Main(World t, Event done);
    private static void MainBody(World t, Event done)
    {
        int @lock = 4, @field = 4;
        int L1(int y) { t.Add(25, y); return y > 3 || y < 0 ? (@lock += 2) : L1(y + 2); }
        {
            twait(e => t.Later(1, e));
            switch ($"s{A[5 & 1]}")
            {
                case "ab":
                    try
                    {
                        using (twait()) M2(t, (t.Next(2) switch { 0 => @params, > 2 => (@lock / t.Next(4)), _ => @field }), mkevent(out @field));
                    }
                    catch when (t.Try(26, out int v) | ((@params switch { 0 => @lock, > 2 => (v * @params), _ => @field }) < A.Fold(z => z + (@field += 2))))
                    {
                        t.Add(27, v);
                        if (t.Go() && t.Some()) goto case "b";
                        t.Keep(() => (v += 2));
                    }
                    using (twait())
                    {
                        t.Later(1, 5, mkevent(out @lock));
                        t.Later(4, mkevent());
                        t.Later(1, @lock, mkevent(out A[@lock & 1]));
                            Four k4 = default; k4[0] = (t.Get(28, t.Get(29, t.Maybe())) ? "ab".Length : 4);
                            Span<int> s = k4; t.Add(30, Spans.Sum(k4));
                        for (int i1 = @lock; ; i1++)
                        {
                            if (!t.Go() || (t.Any() is not string v || v.Length > 1)) break;
                            if ((dynamic)t.Unknown()) { continue; }
                            do
                            {
                                @field += new Notes { [@params] = t.Next(2) }.Sum;
                                t.Add(31, G);
                            }
                            while (t.Go() && t.Some());
                        }
                        t.Add(32, A);
                    }
                break;
                case "b": case "": case "s1":
                    foreach (long e3 in t.Numbers(2))
                    {
                        using (twait())
                        {
                            t.Add(33, mkevent().Trigger());
                            t.Add(34, mkevent().Trigger());
                            using var k = new Counter(t, 35);
                            t.Add(36, @field);
                            t.Later(1, "e", mkevent(out string @base));
                            t.Later(1, (t.Try(@field, out int v) ? v : -v), "w", mkevent(out A[@field++ & 1], out string w1));
                            t.Later(3, A.Fold(z => z + @lock++), mkevent(out @field));
                        }
                        t.Add(37, A);
                    }
                    using (twait())
                    {
                        M2(t, @lock, mkevent(out @lock));
                        t.Later(2, 1, mkevent(out @lock));
                        t.Later(2, @lock, mkevent(out @params));
                        if ((from q1 in t.Load(@params, out int v) where q1 > (@params += 2) select q1 + t.Get(39, @params)).Any())
                        {
                                Four @goto = default; @goto[1] = (from q3 in A where q3 > (v + v) select q3 + (v + @lock)).Sum();
                                @goto[@field & 3] = S;
                        }
                        else
                        {
                            var @async = (t.Sql() || !t.Sql());
                            for (int @from = 0; t.Go() && @from < 4; @from++)
                            {
                                List<int> l = new List<int> { @lock };
                                t.Add(40, @params);
                                t.Try(5, out int v1);
                            }
                        }
                        t.Add(41, G);
                        using (twait())
                        {
                            t.Later(3, mkevent());
                            M2(t, S, mkevent(out A[(@field += v) & 1]));
                            t.Later(0, 3, mkevent(out @lock));
                            var @partial = (params int[] y1) => y1.Length + t.Get(42, @field); t.Add(44, @partial(1, 2) + @partial());
                            t.Add(46, v);
                        }
                        if (!t.Sql()) goto at38;
                        at38: using (twait()) asap(mkevent());
                            string? s3 = $"s{5}";
                            using (twait()) { t.Line(1, mkevent(out string? w).WithTimeout(TimeSpan.FromSeconds(9))); t.Add(47, w is null); }
                        M2(t, "ab".Length, mkevent(out @lock));
                        M2(t, @params, mkevent(out @lock));
                    }
                break;
            }
            t.Add(48, S);
        }
        using (twait())
        {
            M1(t, mkevent());
            for (; ; )
            {
                if (!t.Go() || !(@params != @lock)) break;
                t.Add(49, G);
                int i1 = L1(5);
                @field = @field;
                if (t.Some()) goto @goto;
                @goto: int @ref = (((t.Any() is Pair { A: > 0 } v && v.B is not null) && t.Get(50, t.Some())) ? (@params = "ab".Length) : t.Next(5)), @checked = G.A;
                int @return = @lock;
                t.Add(51, @return);
            }
            t.Keep(() => t.Get(52, @lock));
        }
        using (twait()) asap(mkevent());
        try
        {
            using (twait()) M2(t, 2, mkevent(out @params));
        }
        catch (Exception x0)
        {
            t.Add(53, x0);
        }
        try
        {
            using (twait()) M1(t, mkevent());
        }
        catch (Exception x0)
        {
            t.Add(54, x0);
        }
        t.CallKept(55);
        switch (((t.Some() && t.Get(56, t.Some())) ? (t.Some() || !(t.Any() is int v3 && v3 > 0)) : (bool?)null))
        {
            case true:
                t.Add(57, done.Trigger());
            break;
            case null:
                t.Add(58, done.Trigger());
            break;
            case false:
                t.Add(59, done.Trigger());
            break;
        }
    }
    [Tamed] private static partial void M1(World t, Event done);
    private static void M1Body(World t, Event done)
    {
        int i = @S, j1 = 0;
        if (t.Maybe()) 
        {
            try
            {
                var y = from q in t.Load(5, out int v) join q2 in t.Load(i, out int v1) on q & 1 equals q2 & 1 where q > (@params + @params) select q + v;
                using (twait()) t.Later(3, 1, mkevent(out v));
                using (twait())
                {
                    t.Later(4, mkevent());
                    t.Later(2, t.Next(4), mkevent(out A[v++ & 1]));
                    t.MayThrow(3);
                    t.Add(4, j1);
                    t.Later(0, mkevent());
                }
                t.Add(5, @params);
                if (((t.Try((t.Some() ? 4 : v), out int @namespace) ? @namespace : -@namespace) < t.Next(5))) goto @event;
                t.Add(6, v);
                @event: t.Add(7);
            }
            catch (ProgramException x) when (x is not null and var S && S.Message.Length > 2)
            {
                t.Add(9, S);
                t.Add(10, x);
                i ^= (Notes.SumOf([t.Next(3), j1!]) * 3);
                t.Add(11, S);
            }
            catch (Exception x) when (t.Get(12, (j1 == j1)))
            {
                t.Add(13, x);
                Func<int> f1 = () => (j1 + j1);
                t.Add(14, x);
            }
            int i2 = i, j = S;
            t.Add(15, done.Trigger()); return;
        }
        int i4 = i;
        if (t.Get(16, ((t.Next(5) is 0 or 2) && t.Get(17, t.Some())))) 
        {
            t.Keep(() => t.Get(18, j1));
            t.Add(19, i4);
            using (twait()) M2(t, 0, mkevent(out int w));
        }
        Pair g = new Pair { A = unchecked((((t.Any() is not string v2 || v2.Length > 1) ? i4 : (int?)null) ?? j1) * t.Big()), B = $"s{(j1 + (j1 switch { 0 => @params, > 2 => j1, _ => j1 }))}" };
        if ((unchecked(1 * t.Big()) is < 0)) 
        {
            (int A, string B) u = (i4, "ab");
            t.Add(20, g);
            using (twait()) t.Later(3, i, mkevent(out i));
        }
        int L(int y3) { t.Add(21, y3); return y3 > 3 || y3 < 0 ? (@params + i) : L(y3 + 2); }
        switch ((t.Some() ? (@params < A[j1 & 1]) : (bool?)null))
        {
            case true:
                t.Add(22, done.Trigger());
            break;
            case null:
                t.Add(23, done.Trigger());
            break;
            case false:
                t.Add(24, done.Trigger());
            break;
        }
    }
    [Tamed] private static partial void M2(World t, int @where, Event<int> then);
    private static void M2Body(World t, int @where, Event<int> then)
    {
        int args = (t.Some() switch { true => S, false => S }), @from = S;
        twait(t.Work(2, (((args == 2) ? (((t.Some() && t.Some()) ? 2 : (int?)null) ?? @from) : (int?)null) ?? (from q in A where q > (@params + @where) select q + t.Get(1, @from)).Sum())), out int @yield);
        using (twait()) asap(mkevent());
        (int A, string B) u = ((t.Any() is int v ? v : 3), "ab");
        t.Add(2, then.Trigger((from q2 in A join q1 in A on (t.Try(q2, out int v1) ? v1 : 0) equals q1 & 3 select q2 + q1 + args++).Sum()));
    }
}

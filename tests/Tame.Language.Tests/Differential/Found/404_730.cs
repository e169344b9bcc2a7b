// Program 730 of seed 404: Same: .
public partial class Program
{
    private int F = 2; private Pair G; private static int S = 5; private readonly int[] A = [1, 2, 3];
    public static void Main(World t, Event done) => new Program().Start(t, done);
    [Tamed] private partial void Start(World t, Event then);
    private void StartBody(World t, Event then)
    {
        int args = S, j = 0;
        using (Resource? h = t.Some() ? null : new Resource(t, 20))
        {
            using (twait())
            {
                M2(t, "ab".Length, mkevent(out args));
                t.Later(4, 1, mkevent(out args));
                using (new Resource(t, 21))
                {
                    do
                    {
                        using (twait()) M2(t, args, mkevent(out A[((from q in A where q > (args += 2) select q + (F += 2)).Sum() - F) & 1]));
                        var o = new { N = j, In = new { K = 1, M = $"s{(j switch { 0 => (from @class in A let q2 = t.Any() is int v ? v : @class select @class + q2 + (args + j)).Sum(), > 2 => (0 + @j), _ => 2 })}" } };
                        t.Add(22, j);
                    }
                    while (t.Go() && (j != args));
                    lock (t)
                    {
                        do
                        {
                            (j, S) = (((args != t.Get(23, @args)) ? (t.AnyNotes()?.Say(F) ?? 0) : j), args);
                            int L(int y) { t.Add(24, y); return y > 3 || y < 0 ? (args += 2) : L(y + 2); }
                            t.Add(25, "ab".Length);
                            t.Add(26, S);
                        }
                        while (t.Go() && (args is not 1));
                        switch ((t.Get(27, t.Next(3)), (A.Fold(z => z + j++) != ((j switch { 0 => args, > 2 => S, _ => F }) + 5))))
                        {
                            case (0, true): case (1, _):
                                t.Add(28, A[args & 1]);
                                t.Try(S, out int v1);
                                t.Keep(() => t.Get(29, @F));
                            break;
                            case (var v, false) when v > 1:
                            {
                                t.Add(30, args);
                                t.Add(31, v);
                            }
                            break;
                            default:
                            {
                                int L2(int @field) { t.Add(32, @field); return @field > 3 || @field < 0 ? (j + args) : L2(@field + 2); }
                            }
                            break;
                        }
                        t.Add(33, j);
                    }
                    twait(e2 => t.Later(2, e2));
                    t.Add(34, @G);
                }
                int get(int y1) { t.Add(35, y1); return y1 > 3 || y1 < 0 ? (F + j) : get(y1 + 2); }
                t.Add(36, F);
            }
            t.Keep(() => (args += 2));
            t.Keep(() => args++);
        }
        twait(@partial => { if (t.Some()) { @partial.Trigger(j); return; } t.Add(37); t.Later(2, args, @partial); }, out args);
        try
        {
            using (twait()) M2(t, 3, mkevent(out F));
        }
        catch (Exception x0)
        {
            t.Add(38, x0);
        }
        try
        {
            using (twait()) M1(t, mkevent());
        }
        catch (Exception x0)
        {
            t.Add(39, x0);
        }
        t.CallKept(40);
        switch (((j - new Notes { { args, args } }.Sum) < args))
        {
            case true:
                t.Add(41, then.Trigger());
            break;
            case false:
                t.Add(42, then.Trigger());
            break;
        }
    }
    [Tamed] private partial void M1(World t, Event @out);
    private void M1Body(World t, Event @out)
    {
        int i1 = S, j = A[3 & 1];
        if (t.Maybe()) 
        {
            int args = F;
            t.Add(14, F);
            t.Add(15, @out.Trigger()); return;
        }
        if (t.Any() is not int v) { t.Add(17); throw new ProgramException(16); }
        t.Add(18, j);
        t.Add(19, @out.Trigger());
    }
    [Tamed] private partial void M2(World t, int @byte, Event<int> done);
    private void M2Body(World t, int @byte, Event<int> done)
    {
        int i1 = ((A is { Length: > 1 }) ? F : F), j = F;
        if ((i1 < t.Get(1, i1))) 
        {
            {
                int Item9 = ((t.Some() ? t.Next(5) : (int?)null) ?? F);
                {
                    t.Keep(() => (Item9 += 2));
                }
                var s = $"s{F}";
                t.Add(2, Item9);
                t.Add(3, ((Item9 += @byte), Item9, Item9));
            }
            t.Add(4, j);
            t.Add(5, done.Trigger((t.Some() ? (F * S) : j))); return;
        }
        (int A, string B) u = (2, $"s{(t.Next(2) * S)}");
        if ((dynamic)t.Unknown()) 
        {
            t.Add(6, A);
            t.Add(7, @F);
            t.Add(8, u);
            twait(e => t.Later(0, i1, e), out int i);
        }
        var g1 = new Pair { A = i1, B = "ab" };
        if (t.Some()) 
        {
            t.Add(9, (t.Next(5) * i1));
            t.Add(10, g1);
            twait(e => t.Later(2, e));
        }
        t.Add(11, j);
        t.Add(12, g1);
        t.Add(13, done.Trigger(@byte));
    }
}

// Program 11 of seed 1: Differs.
public partial class Program
{
    private int F = 2; private Pair G; private static int S = 5; private readonly int[] A = [1, 2, 3];
    public static void Main(World t, Event done) => new Program().Start(t, done);
    [Tamed] private partial void Start(World t, Event then);
    private void StartBody(World t, Event then)
    {
        int i = F, @return = (F).Plus(F);
        twait(t.QuickWork(3));
        try
        {
            @case: @this: t.Add(1);
            var f = (params int[] y) => y.Length + t.Get(2, i); t.Add(4, f(1, 2) + f());
            var r1 = new Rendezvous<int>();
            t.Later(2, 7, mkevent(r1, i, out @return));
            t.Later(0, 8, mkevent(r1, t.Next(5), out F));
            t.Later(3, 9, mkevent(r1, i, out A[F++ & 1]));
            using (twait()) asap(mkevent());
            t.Add(12, A);
            do
            {
                t.Add(13, i);
                t.Add(14, S);
                t.Add(15, 0);
            }
            while (t.Go() && (!(4 < i) || t.Some()));
            {
                if (t.Maybe()) goto at16;
                twait(t.QuickWork(1));
                if ((@return is 0 or 2))
                {
                }
                at16: at17: using var notnull = new Resource(t, 18);
                bool b = ((A is [1, ..]) || (t.Get(19, t.Some()) || (5 != t.Next(3))));
                twait(e1 => t.Later(2, i, @i, e1), out @i, out F);
                t.Add(20, @b);
            }
            if (t.Go() && (t.Some() || t.Some())) goto @case;
            using (twait()) t.Later(3, int.Answer, mkevent(out S));
        }
        finally
        {
        }
        t.Keep(() => (@return += 2));
        t.Add(45, (i / t.Next(4)));
        t.CallKept(46);
        t.Add(47, then.Trigger());
    }
}

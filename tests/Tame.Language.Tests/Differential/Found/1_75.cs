// Program 75 of seed 1: Same: .
public partial class Program
{
    private static int F = 2; private static Pair G; private static int S = 5; private static readonly int[] A = [1, 2, 3];
    [Tamed] public static partial void Main(World t, Event @out);
    private static void MainBody(World t, Event @out)
    {
        int i = F, j = F;
        if ((from q in t.Load((3 * F), out int nint) where q > i++ select q + (@i + j)).Any())
        {
        }
        else
        {
            using (twait())
            {
                M1(t, F, mkevent(out A[i++ & 1]));
                t.Later(1, i, mkevent(out A[A.Fold(z => z + (i + i)) & 1]));
                Func<int> f = () => (i += 2);
                t.Add(10, F);
            }
            t.Add(11, G);
        }
        t.Keep(() => (i += 2));
        t.Add(12, G);
        try
        {
            using (twait()) M1(t, 2, mkevent(out F));
        }
        catch (Exception x0)
        {
            t.Add(13, x0);
        }
        t.CallKept(14);
        t.Add(15, @out.Trigger());
    }
    [Tamed] private static partial void M1(World t, int p, Event<int> then);
    private static void M1Body(World t, int p, Event<int> then)
    {
        int i1 = t.Next(5), j = 5;
        using (Resource h1 = new Resource(t, 1), h2 = new Resource(t, 2))
        {
            [Named] int L3([Named] int y) => y + (S + p); t.Add(3, NamedAttribute.Of((Func<int, int>)L3) + NamedAttribute.OfParameter((Func<int, int>)L3));
            @class: t.Add(4);
            using (twait()) t.Later(0, i1, mkevent(out i1));
            (S, F) = (i1, i1);
            using (twait()) asap(mkevent());
            if (t.Go() && t.Some()) goto @class;
            twait(t.QuickWork(3));
            t.Add(5, G);
        }
        t.Add(6, then.Trigger((t.MayThrow(7) switch { 0 => j, > 2 => F, _ => 0 })));
    }
}

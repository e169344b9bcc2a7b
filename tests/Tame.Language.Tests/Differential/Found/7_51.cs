// Program 51 of seed 7: Miscompiled: CS0103: The name '…' does not exist in the current context.
public partial class Program
{
    private static int F; private static Pair G; private static int S; private static readonly int[] A = [1, 2, 3];
    [Tamed] public static partial void Main(World t, Event done);
    private static void MainBody(World t, Event done)
    {
        t.Add(15, G);
        S += 3;
        t.Add(17, done.Trigger());
    }
    [Tamed] private static partial void M1(World t, int p, Event<int> done);
    private static void M1Body(World t, int p, Event<int> done)
    {
        if (t.Some()) { t.Add(10, done.Trigger(F)); return; }
        var (i, j1) = (F, 0);
        while (t.Go() && true)
        {
            t.Add(11, 0);
            foreach (char e in t.Letters(2))
            {
                int L1(int y) { t.Add(13, y); return y > 3 || y < 0 ? 0 : L1(y + 2); }
            }
        }
        var i1 = (from q in A where q > p select q + 0).Sum();
        (i1, j1) = (F, 0);
        t.Add(14, done.Trigger(i1));
    }
    [Tamed] private static partial void M2(World t, Event done);
    private static void M2Body(World t, Event done)
    {
    }
}

// Program 485 of seed 101: Miscompiled: CS0136: A local or parameter named '…' cannot be declared in this scope because that name is used in an enclosing local scope to define a local or parameter.
public partial class Program
{
    private static int F = 2; private static Pair G; private static int S = 5; private static readonly int[] A = [1, 2, 3];
    [Tamed] public static partial void Main(World t, Event done);
    private static void MainBody(World t, Event done)
    {
        while (t.Go() && t.Any() is int v)
        {
        }
        {
            var r = new Rendezvous<int>();
            timer(TimeSpan.FromSeconds(1), mkevent(r, 1));
            twait(r, out F, error: out Exception? error); t.Add(12, error);
            switch ($"s{((t.Any() is not string v || v.Length > 1) ? 0 : 0)}")
            {
            }
        }
    }
}

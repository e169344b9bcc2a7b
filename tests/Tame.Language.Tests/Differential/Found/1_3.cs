// Program 3 of seed 1: Differs.
public partial class Program
{
    private int F = 2; private Pair G; private static int S = 5; private readonly int[] A = [1, 2, 3];
    public static void Main(World t, Event done) => new Program().Start(t, done);
    [Tamed] private partial void Start(World t, Event done);
    private void StartBody(World t, Event done)
    {
        int i = F, j2 = S;
        using (twait()) t.Later(3, i, mkevent(out j2));
    }
}

// Program 52 of seed 2: Differs.
public partial class Program
{
    private int @params = 2; private Pair G; private static int S = 5; private readonly int[] A = [1, 2, 3];
    public static void Main(World t, Event done) => new Program().Start(t, done);
    [Tamed] private partial void Start(World t, Event then);
    private void StartBody(World t, Event then)
    {
        using (twait()) M1(t, mkevent());
    }
    [Tamed] private partial void M1(World t, Event done);
    private void M1Body(World t, Event done)
    {
        Notes n = [2, A.Fold(z1 => t.Say(0))];
    }
}

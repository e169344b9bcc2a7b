// Program 14 of seed 1: Same: .
public partial class Program
{
    private int F = 2; private Pair G; private static int S = 5; private readonly int[] A = [1, 2, 3];
    public static void Main(World t, Event done) => new Program().Start(t, done);
    [Tamed] private partial void Start(World t, Event done);
    private void StartBody(World t, Event done)
    {
        t.Add(7, S);
        using (twait()) M1(t, mkevent());
    }
    [Tamed] private partial void M1(World t, Event done);
    private void M1Body(World t, Event done)
    {
    }
}

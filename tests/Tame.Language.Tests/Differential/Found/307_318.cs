// Program 318 of seed 307: Differs.
public partial class Program
{
    private int F = 2; private Pair G; private static int S = 5; private readonly int[] A = [1, 2, 3];
    public static void Main(World t, Event done) => new Program().Start(t, done);
    [Tamed] private partial void Start(World t, Event then);
    private void StartBody(World t, Event then)
    {
        using (twait()) M1(t, mkevent());
    }
    [Tamed] private partial void M1(World t, Event done);
    private void M1Body(World t, Event done)
    {
        t.Add(0, Notes.SumOf([F, ((true ? (t.Any() is int v ? v : F) : (int?)null) ?? 4)]));
        using (twait()) asap(mkevent());
    }
}

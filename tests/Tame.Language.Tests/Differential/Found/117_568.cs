// Program 568 of seed 117: Differs.
public partial class Program
{
    private int F = 2; private Pair G; private static int S = 5; private readonly int[] A = [1, 2, 3];
    public static void Main(World t, Event done) => new Program().Start(t, done);
    [Tamed] private partial void Start(World t, Event done);
    private void StartBody(World t, Event done)
    {
        using (twait()) M1(t, 0, mkevent(out F));
    }
    [Tamed] private partial void M1(World t, int p, Event<int> done);
    private void M1Body(World t, int p, Event<int> done)
    {
        int i = 4, j = 0;
        checked
        {
            using (twait()) timer(TimeSpan.FromSeconds(2), mkevent());
            var o1 = new { N = unchecked(i * t.Big()), M = "" };
        }
    }
}

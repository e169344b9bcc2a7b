// Program 7 of seed 1: Differs.
public partial class Program
{
    [Tamed] public static partial void Main(World t, Event done);
    private static void MainBody(World t, Event done)
    {
        using (twait()) M1(t, mkevent());
    }
    [Tamed] private static partial void M1(World t, Event done);
    private static void M1Body(World t, Event done)
    {
        int i = 0, j1 = 0;
        using (twait()) t.Later(2, i, mkevent(out int w));
    }
}

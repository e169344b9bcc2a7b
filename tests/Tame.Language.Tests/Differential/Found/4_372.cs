// Program 372 of seed 4: Throws: InvalidOperationException: System.InvalidOperationException: Unexpected value '…' of type '…'.
public partial class Program
{
    private static int F = 2; private static Pair G; private static int S = 5; private static readonly int[] A = [1, 2, 3];
    [Tamed] public static partial void Main(World t, Event done);
    private static void MainBody(World t, Event done)
    {
        int i = 0, j1 = F;
        try
        {
            if (true) { throw new ProgramException(2); }
        }
        catch (ProgramException) when (t.Get(3, (S < (from q2 in A where q2 > 0 select q2 + i).Sum())))
        {
            using (twait()) t.Fail(3, 7, mkevent());
        }
    }
}

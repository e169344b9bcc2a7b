// Program 1905 of seed 207: Miscompiled: CS0165: Use of unassigned local variable '…'.
public partial class Program
{
    [Tamed] public static partial void Main(World t, Event done);
    private static void MainBody(World t, Event done)
    {
        var o1 = new { N = 0, M = "" };
        if (false)
        {
            using (twait()) asap(mkevent());
            t.Add(11, o1);
        }
    }
}

// Program 574 of seed 205: Miscompiled: CS0165: Use of unassigned local variable '…'.
public partial class Program
{
    [Tamed] public static partial void Main(World t, Event done);
    private static void MainBody(World t, Event done)
    {
        var o = new { N = 0, M = "" };
        if (false)
        {
            twait(t.QuickWork(2));
        }
        t.Add(8, o);
    }
}

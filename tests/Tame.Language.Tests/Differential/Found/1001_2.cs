// Program 2 of seed 1001: Miscompiled: CS0103: The name '…' does not exist in the current context, of a local function as a delegate of any type.
public partial class Program
{
    private static int S = 5;
    [Tamed] public static partial void Main(World t, Event done);
    private static void MainBody(World t, Event done)
    {
        int j = 1;
        using (twait()) asap(mkevent());
        int L(int y) { t.Add(27, y); return y > 3 ? S + j : L(y + 2); }
        t.Add(28, World.Parameters(L));
        Delegate kept = L;
        int nint(int y) { t.Add(7, y); return y + j; }
        t.Add(8, World.Parameters(nint));
        using (twait()) asap(mkevent());
        t.Add(9, World.Parameters(kept));
        done.Trigger();
    }
}

// Program 407 of seed 2001: Differs, in the text of an element whose name has a needless @.
public partial class Program
{
    [Tamed] public static partial void Main(World t, Event done);
    private static void MainBody(World t, Event done)
    {
        int @goto = 3, j = 1;
        Notes n = [@j, @goto, j];
        using (twait()) asap(mkevent());
        n = [@j, @goto, j];
        t.Add(1, Notes.SumOf(n) + j + @goto);
        done.Trigger();
    }
}

// Program 450 of seed 1001: Miscompiled: CS1003: Syntax error, '…' expected, behind an index that is told the text of its argument.
public partial class Program
{
    [Tamed] public static partial void Main(World t, Event done);
    private static void MainBody(World t, Event done)
    {
        int i = 1;
        var o = new { N = (t.AnyNotes()?[i] ?? 0), M = "" };
        using (twait()) asap(mkevent());
        t.Add(1, o.N + (t.AnyNotes()?[index: i + 1] ?? 0));
        done.Trigger();
    }
}

// Program 11 of seed 901: Differs, in the line that an attribute of a local function is told.
public partial class Program
{
    [Tamed] public static partial void Main(World t, Event done);
    private static void MainBody(World t, Event done)
    {
        int i = 1;
        [Named]
        int L(int y) => y + i;
        using (twait()) asap(mkevent());
        t.Add(21, NamedAttribute.Of((Func<int, int>)L));
        done.Trigger();
    }
}

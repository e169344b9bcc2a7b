// Made from 901_11: an attribute of a parameter was told the line of the generated file.
public partial class Program
{
    [Tamed] public static partial void Main(World t, Event done);
    private static void MainBody(World t, Event done)
    {
        int i = 1;
        int L(
            [Named] int y) => y + i;
        using (twait()) asap(mkevent());
        t.Add(21, NamedAttribute.OfParameter((Func<int, int>)L));
        done.Trigger();
    }
}

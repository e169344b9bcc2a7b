// Program 730 of seed 104: Differs.
public partial class Program
{
    [Tamed] public static partial void Main(World t, Event done);
    private static void MainBody(World t, Event done)
    {
        switch (t.Any())
        {
            case int v2 when t.Get(9, t.Some()):
            {
                checked
                {
                    var o1 = new { N = unchecked(v2 * t.Big()), M = "" };
                    using (twait()) M1(t, mkevent());
                }
            }
            break;
        }
    }
    [Tamed] private static partial void M1(World t, Event done);
    private static void M1Body(World t, Event done)
    {
    }
}

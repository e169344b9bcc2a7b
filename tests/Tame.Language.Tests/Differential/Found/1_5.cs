// Program 5 of seed 1: Differs.
public partial class Program
{
    [Tamed] public static partial void Main(World t, Event done);
    private static void MainBody(World t, Event done)
    {
        using (twait())
        {
            t.Later(1, mkevent());
        }
    }
}

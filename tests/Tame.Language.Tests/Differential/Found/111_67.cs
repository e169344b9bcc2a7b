// Program 67 of seed 111: Differs.
public partial class Program
{
    private static int @params = 2; private static Pair G; private static int S = 5; private static readonly int[] A = [1, 2, 3];
    [Tamed] public static partial void Main(World t, Event done);
    private static void MainBody(World t, Event done)
    {
        scoped ReadOnlySpan<char> s = ($"s{A.Fold(z => t.Say(0))}").AsSpan();
        using (twait()) asap(mkevent());
        done.Trigger();
    }
}

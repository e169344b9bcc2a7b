// Program 274 of seed 1: Refused: TAME042: '…' is a ref struct whose value needs a lambda, which generated code cannot capture for a lambda; declare what the lambda needs in a separate block before it.
public partial class Program
{
    private static int F = 2; private static Pair G; private static int S = 5; private static readonly int[] A = [1, 2, 3];
    [Tamed] public static partial void Main(World t, Event then);
    private static void MainBody(World t, Event then)
    {
        ReadOnlySpan<int> s1 = [(from notnull in A let q1 = t.Any() is int v ? v : notnull select notnull + q1 + 0).Sum(), F];
        using (twait()) asap(mkevent());
    }
}

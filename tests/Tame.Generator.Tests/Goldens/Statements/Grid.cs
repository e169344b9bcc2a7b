namespace Demo;

public static partial class Grid
{
    [Tamed] public static partial void Sum(int[,] cells, Event<long> done);

    private static void SumBody(int[,] cells, Event<long> done)
    {
        long sum = 0;
        foreach (long cell in cells)
        {
            using (twait()) asap(mkevent());
            sum += cell;
        }

        done.Trigger(sum);
    }
}

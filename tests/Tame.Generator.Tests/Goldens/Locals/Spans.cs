namespace Demo;

public static partial class Spans
{
    [Tamed] public static partial void Run(int[] items, Event<int> done);

    private static void RunBody(int[] items, Event<int> done)
    {
        int sum = 0;
        Span<int> rest = items;
        foreach (int item in rest) sum += item;
    again:
        sum++;
        Span<int> part = stackalloc int[2];
        part[0] = items.Length;
        sum += part[0];
        try
        {
            using (twait()) asap(mkevent());
        }
        finally
        {
            sum++;
        }

        if (sum < 10) goto again;
        done.Trigger(sum);
    }
}

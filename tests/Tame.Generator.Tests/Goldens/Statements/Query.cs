namespace Demo;

public static partial class Query
{
    [Tamed] public static partial void Run(int[] numbers, Event<List<int>> done);

    private static void RunBody(int[] numbers, Event<List<int>> done)
    {
        int limit = 2;
        var large =
            from number in numbers
            where number > limit
            orderby number descending
            select number * limit;
        using (twait()) asap(mkevent());
        limit = 3;
        done.Trigger(large.ToList());
    }
}

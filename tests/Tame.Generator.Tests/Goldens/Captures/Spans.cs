namespace Demo;

public static partial class Spans
{
    [Tamed] public static partial void Run(int[] items, Event<int> done);

    private static void RunBody(int[] items, Event<int> done)
    {
        int sum = 0;
        scoped Span<int> last;
        foreach (int item in items)
        {
            int twice = item * 2;
            Span<int> both = [items.Count(x => x == item), items.Count(x => x == twice)];
            sum += both[0] + both[1];
            ref int place = ref items[items.Count(x => x < item) % 2 + both[0]];
            sum += place;
            using (twait()) asap(mkevent());
        }

        last = [sum, items.Count(x => x == sum)];
        done.Trigger(last[0] + last[1]);
    }
}

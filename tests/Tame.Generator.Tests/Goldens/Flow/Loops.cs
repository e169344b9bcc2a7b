namespace Demo;

public static partial class Loops
{
    [Tamed] public static partial void Run(int[] numbers, IEnumerable<string> names, List<long> longs, Event<int> done);

    private static void RunBody(int[] numbers, IEnumerable<string> names, List<long> longs, Event<int> done)
    {
        int total = 0;
        while (total < 3)
        {
            total++;
            if (total == 2) continue;
            using (twait()) asap(mkevent());
            if (total > 100) break;
        }

        do
        {
            using (twait()) asap(mkevent());
            if (total % 7 == 0) continue;
            total++;
        }
        while (total < 10);

        for (int i = 0, j = 10; i < j; i++, j--)
        {
            if (i == 3) continue;
            using (twait()) asap(mkevent());
            total += j;
        }

        for (; ; )
        {
            using (twait()) asap(mkevent());
            if (++total > 50) break;
        }

        foreach (var number in numbers)
        {
            if (number < 0) continue;
            using (twait()) asap(mkevent());
            total += number;
        }

        foreach (var name in names)
        {
            using (twait()) asap(mkevent());
            total += name.Length;
            foreach (int small in longs)
            {
                using (twait()) asap(mkevent());
                if (small > 5) goto found;
                if (small > 4) break;
            }
        }

        total = -total;
    found:
        foreach (char c in "abc")
            using (twait()) timer(TimeSpan.FromSeconds(c), mkevent());
        done.Trigger(total);
    }

    [Tamed] public static partial void Jumps(Event done);

    private static void JumpsBody(Event done)
    {
        var n = 0;
    again:
        using (twait()) asap(mkevent());
        n++;
        if (n < 3) goto again;
        {
            int i = 1;
        inner:
            i++;
            using (twait()) asap(mkevent());
            if (i < 3) goto inner;
        }

        {
            int i = 5;
        inner:
            using (twait()) asap(mkevent());
            if (i++ < 8) goto inner;
        }

        done.Trigger();
    }
}

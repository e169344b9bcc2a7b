namespace Demo;

public static partial class Blocks
{
    [Tamed] public static partial void Race(string[] names, Event<int> done);

    private static void RaceBody(string[] names, Event<int> done)
    {
        int total = 0;
        using (twait())
        {
            timer(TimeSpan.FromMinutes(1), mkevent());
            foreach (string name in names)
            {
                int size;
                using (twait()) Measure(name, mkevent(out size));
                total += size;
            }
        }

        done.Trigger(total);
    }

    private static void Measure(string name, Event<int> size) => size.Trigger(name.Length);
}

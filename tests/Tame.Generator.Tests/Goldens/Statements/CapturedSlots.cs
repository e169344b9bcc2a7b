namespace Demo;

public static partial class CapturedSlots
{
    [Tamed] public static partial void Run(string[] names, Event<List<Func<int>>> done);

    private static void RunBody(string[] names, Event<List<Func<int>>> done)
    {
        var all = new List<Func<int>>();
        int last;
        using (twait())
        {
            foreach (string name in names)
            {
                Measure(name, mkevent(out int size));
                all.Add(() => size);
            }

            Measure("last", mkevent(out last));
        }

        all.Add(() => last);
        done.Trigger(all);
    }

    private static void Measure(string name, Event<int> size) => size.Trigger(name.Length);
}

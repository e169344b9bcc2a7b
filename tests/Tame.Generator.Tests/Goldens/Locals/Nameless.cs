namespace Demo;

public static partial class Nameless
{
    [Tamed] public static partial void Run(string[] names, Event<int> done);

    private static void RunBody(string[] names, Event<int> done)
    {
        var total = 0;
        var add = (ref int sum, int value = 1) => { sum += value; };
        foreach (var group in names.Select(name => new { name, name.Length }).GroupBy(name => name.Length).Select(g => new { g.Key, Items = g.ToList() }))
        {
            using (twait()) asap(mkevent());
            add(ref total, group.Key * group.Items.Count);
        }

        done.Trigger(total);
    }
}

namespace Demo;

public static partial class Anonymous
{
    [Tamed] public static partial void Run(string[] names, Event<string> done);

    private static void RunBody(string[] names, Event<string> done)
    {
        var best = new { Name = "", Length = 0 };
        foreach (var each in names.Select(name => new { Name = name, name.Length }))
        {
            using (twait()) asap(mkevent());
            if (each.Length > best.Length) best = each;
        }

        done.Trigger(best.Name);
    }
}

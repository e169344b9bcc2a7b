namespace Demo;

public partial class Scopes
{
    private int _calls;

    [Tamed] public partial void Run(string[] names, Event<List<Func<string>>> done);

    private void RunBody(string[] names, Event<List<Func<string>>> done)
    {
        var all = new List<Func<string>>();
        foreach (var name in names)
        {
            var length = name.Length;
            all.Add(() => name + length);
            using (twait()) asap(mkevent());
            if (all.Count(a => a().Length > length) > 1) all.Add(Describe);

            // counts itself
            string Describe() => $"{++_calls}: {name} of {names.Length}";
        }

        done.Trigger(all);
    }
}

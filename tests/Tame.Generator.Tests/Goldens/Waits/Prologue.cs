namespace Demo;

/// <summary>What runs before there is a closure, and where the call gets one.</summary>
public partial class Prologue
{
    private readonly Dictionary<string, int> _known = [];

    [Tamed] public partial void Look(string name, int tries, Event<int> done);

    private void LookBody(string name, int tries, Event<int> done)
    {
        int sum = tries + 1, found;
        // a hit ends here
        if (_known.TryGetValue(name, out var hit))
        {
            done.Trigger(hit + sum);
            return;
        }

        using (twait()) Measure(name, mkevent(out found));
        _known[name] = found;
        done.Trigger(found + sum);
    }

    [Tamed] private static partial void Measure(string name, Event<int> done);

    private static void MeasureBody(string name, Event<int> done)
    {
        if (name.Length > 9)
        {
            using (twait()) asap(mkevent());
        }
        else if (name.Length > 3)
        {
            var slow = name + "?";
            if (slow.Length == 5) using (twait()) asap(mkevent());
            name = name.Trim();
        }
        else
        {
            name += "!";
        }

        foreach (var letter in name)
        {
            if (letter == ' ')
            {
                done.Trigger(0);
                return;
            }
        }

        // what follows stands twice
        done.Trigger(name.Length);
    }

    /// <summary>The closure holds what is needed up to its first wait, and lets it go at once.</summary>
    [Tamed] private static partial void Trimmed(string name, Event<int> done);

    private static void TrimmedBody(string name, Event<int> done)
    {
        var trimmed = name.Trim();
        if (trimmed.Length == 0)
        {
            done.Trigger(0);
            return;
        }

        int length;
        using (twait()) Measure(trimmed, mkevent(out length));
        done.Trigger(length);
    }

    [Tamed] private static partial void Now(Event done);

    private static void NowBody(Event done) => done.Trigger();
}

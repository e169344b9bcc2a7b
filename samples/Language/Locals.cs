namespace Language;

/// <summary>Which locals are kept across waits.</summary>
public static partial class Locals
{
    [Tamed] public static partial void Kept(Trace trace, Event done);

    private static void KeptBody(Trace trace, Event done)
    {
        #region kept
        const int Seconds = 1;
        int kept = 1;
        int early = kept + 1;
        trace.Add(early);
        twait(e => timer(TimeSpan.FromSeconds(Seconds), e));
        trace.Add(kept);
        {
            (int Count, dynamic Text) pair = (3, "four");
            twait(e => asap(e));
            trace.Add(pair.Count + pair.Text.Length);
        }
        {
            string pair = "another";
            twait(e => asap(e));
            trace.Add(pair);
        }
        #endregion
        done.Trigger();
    }

    [Tamed] public static partial void Patterns(Trace trace, Event done);

    private static void PatternsBody(Trace trace, Event done)
    {
        object? input = "12";
        #region patterns
        if (input is not string { Length: var length } text || !int.TryParse(text, out int number)) throw new FormatException();
        var (low, high) = (number - 1, number + 1);
        twait(e => asap(e));
        trace.Add($"{text} has {length}, {low} to {high}");
        #endregion
        done.Trigger();
    }

    [Tamed] public static partial void Anonymous(Trace trace, Event done);

    private static void AnonymousBody(Trace trace, Event done)
    {
        #region anonymous
        string[] words = ["bread", "jam"];
        foreach (var word in words.Select(text => new { text, text.Length }))
        {
            twait(e => timer(TimeSpan.FromSeconds(word.Length), e));
            trace.Add(word.text + word.Length);
        }
        #endregion
        done.Trigger();
    }

    [Tamed] public static partial void Spans(Trace trace, Event done);

    private static void SpansBody(Trace trace, Event done)
    {
        #region spans
        int[] numbers = [1, 2, 3];
        {
            Span<int> rest = numbers.AsSpan(1);
            ref int first = ref numbers[0];
            first = rest.Length;
        }
        twait(e => asap(e));
        ReadOnlySpan<int> all = numbers;
        trace.Add(all[0]);
        #endregion
        done.Trigger();
    }
}

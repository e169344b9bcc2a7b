namespace Language;

/// <summary>What becomes of locals.</summary>
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
        using (twait()) timer(TimeSpan.FromSeconds(Seconds), mkevent());
        trace.Add(kept);
        {
            (int Count, dynamic Text) pair = (3, "four");
            using (twait()) asap(mkevent());
            trace.Add(pair.Count + pair.Text.Length);
        }
        {
            string pair = "another";
            using (twait()) asap(mkevent());
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
        using (twait()) asap(mkevent());
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
            using (twait()) timer(TimeSpan.FromSeconds(word.Length), mkevent());
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
        using (twait()) asap(mkevent());
        ReadOnlySpan<int> all = numbers;
        trace.Add(all[0]);
        #endregion
        done.Trigger();
    }
}

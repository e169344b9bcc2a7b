namespace Language;

/// <summary>Where an exception goes that leaves a body.</summary>
public static partial class Failures
{
    #region failure
    [Tamed] private static partial void Parse(string text, bool wait, Event<int> number);

    private static void ParseBody(string text, bool wait, Event<int> number)
    {
        if (wait)
            using (twait()) asap(mkevent());
        number.Trigger(int.Parse(text));
    }

    [Tamed] public static partial void Run(Trace trace, Event done);

    private static void RunBody(Trace trace, Event done)
    {
        foreach (bool wait in new[] { false, true })
        {
            try
            {
                int number;
                using (twait()) Parse("x", wait, mkevent(out number));
                trace.Add(number);
            }
            catch (FormatException)
            {
                trace.Add("at the brace");
            }
        }
        try
        {
            Parse("x", wait: false, default);
        }
        catch (FormatException)
        {
            trace.Add("at the call");
        }
        done.Trigger();
    }
    #endregion
}

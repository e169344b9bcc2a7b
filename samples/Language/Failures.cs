namespace Language;

/// <summary>The destination of an exception that leaves a body.</summary>
public static partial class Failures
{
    #region failure
    [Tamed] private static partial void Parse(string text, bool wait, Event<int> number);

    private static void ParseBody(string text, bool wait, Event<int> number)
    {
        if (wait)
            twait(e => asap(e));
        number.Trigger(int.Parse(text));
    }

    [Tamed] public static partial void Run(Trace trace, Event done);

    private static void RunBody(Trace trace, Event done)
    {
        foreach (bool wait in new[] { false, true })
        {
            try
            {
                twait(e => Parse("x", wait, e), out int number);
                trace.Add(number);
            }
            catch (FormatException)
            {
                trace.Add("at the wait");
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

namespace Language;

/// <summary>Blocks, labels, <c>if</c> and <c>switch</c>.</summary>
public static partial class Choices
{
    [Tamed] public static partial void Goto(Trace trace, Event done);

    private static void GotoBody(Trace trace, Event done)
    {
        #region goto
        int tries = 0;
    again:
        {
            int number = ++tries;
            twait(e => asap(e));
            trace.Add(number);
        }
        if (tries < 3) goto again;
        #endregion
        done.Trigger();
    }

    [Tamed] public static partial void If(Trace trace, Event done);

    private static void IfBody(Trace trace, Event done)
    {
        foreach (string text in new[] { "12", "x" })
        {
            #region if
            if (int.TryParse(text, out int number))
                twait(e => timer(TimeSpan.FromSeconds(number), e));
            else
                trace.Add("no number,");
            trace.Add($"{number};");
            #endregion
        }
        done.Trigger();
    }

    [Tamed] public static partial void Switch(Trace trace, Event done);

    private static void SwitchBody(Trace trace, Event done)
    {
        foreach (object? order in new object?[] { ("tea", 2), 5, null })
        {
            #region switch
            switch (order)
            {
                case (string item, int price) when price < 3:
                    twait(e => timer(TimeSpan.FromSeconds(price), e));
                    trace.Add(item);
                    break;
                case int:
                    goto case null;
                case null:
                    twait(e => asap(e));
                    trace.Add("nothing");
                    break;
            }
            #endregion
        }
        done.Trigger();
    }
}

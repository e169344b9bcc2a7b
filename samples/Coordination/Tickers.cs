namespace Coordination;

/// <summary>A call that works at each tick, and is late once.</summary>
public static partial class Tickers
{
    #region ticker
    [Tamed] public static partial void Run(TextWriter output, Event done);

    private static void RunBody(TextWriter output, Event done)
    {
        var ticker = new Ticker(TimeSpan.FromSeconds(10));
        for (int seconds = 1; seconds < 100; seconds *= 6)
        {
            twait(e => ticker.Next(e), out long number);
            output.WriteLine($"{Programs.Now}: tick {number}");
            twait(e => timer(TimeSpan.FromSeconds(seconds), e));
        }
        twait(e => ticker.Next(e), out long last);
        output.WriteLine($"{Programs.Now}: tick {last}");
        done.Trigger();
    }
    #endregion
}

namespace Tame.Stages.Responses;

/// <summary>A stage whose threads block for twenty milliseconds on each item.</summary>
internal static class ThreadPoolTrials
{
    /// <summary>How many threads the load needs while it is high.</summary>
    public const int Needed = 8;

    private static readonly TimeSpan s_work = TimeSpan.FromMilliseconds(20);

    /// <summary>40 items a second; 400 from the tenth second to the thirtieth, which keep eight threads busy.</summary>
    /// <param name="period">How often the controller decides.</param>
    /// <param name="seconds">How long items come.</param>
    /// <param name="isReal">Whether threads of the system block, in real time.</param>
    public static Trial Run(TimeSpan period, double seconds = 60, bool isReal = false)
    {
        var service = new Service { Mean = s_work };
        var options = new TrialOptions
        {
            Work = (now, _) => service.Next(now),
            ThreadPool = new ThreadPoolController(new ThreadPoolOptions { Period = period, Threshold = 50 }),
        };
        double high = Needed / s_work.TotalSeconds;
        return new Trial(now => now.TotalSeconds is >= 10 and < 30 ? high : high / 10, options, TimeSpan.FromSeconds(seconds)) { IsReal = isReal }.Run();
    }
}

namespace Coordination;

/// <summary>Two workers that wait for each other after each phase.</summary>
public static partial class Barriers
{
    #region barrier
    [Tamed] public static partial void Run(TextWriter output, Event done);

    private static void RunBody(TextWriter output, Event done)
    {
        var barrier = new PhaseBarrier(2);
        using (twait())
        {
            Work("quick", 1, barrier, output, mkevent());
            Work("slow", 3, barrier, output, mkevent());
        }
        done.Trigger();
    }

    [Tamed] private static partial void Work(string name, int seconds, PhaseBarrier barrier, TextWriter output, Event done);

    private static void WorkBody(string name, int seconds, PhaseBarrier barrier, TextWriter output, Event done)
    {
        while (barrier.Phase < 2)
        {
            twait(e => timer(TimeSpan.FromSeconds(seconds), e));
            output.WriteLine($"{Programs.Now}: {name} has done its part of phase {barrier.Phase}");
            twait(e => barrier.Arrive(e));
        }
        done.Trigger();
    }
    #endregion
}
